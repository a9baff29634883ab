import { ProtocolError } from './protocol-error.ts'

/** More than any answer holds; what a stream makes its readers remember ends here. */
const countMax = 1024

/** Throws where a stream opens ever more choices or calls. */
export function refuseTooMany(count: number, what: string): void {
  if (count >= countMax) throw new ProtocolError(`The stream opens more than ${countMax} ${what}.`)
}
