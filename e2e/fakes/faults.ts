/**
 * Misbehaviour that a caller asks for, comma separated, in the header `x-fault` or behind `~` in the model name:
 * `qwen~status=429,retry-after=2`. Names and units: see `README.md` in this folder.
 */
export interface Faults {
  /** Answer with this status and an error body instead of the real answer. */
  readonly status: number | null
  readonly retryAfterSeconds: number | null
  /** Silence before the first byte of the answer. */
  readonly delayMs: number
  /** Pause between chunks of a stream, in place of the server's own pace. */
  readonly gapMs: number | null
  /** Destroy the connection after so many chunks; without a stream, 0 means before any byte, else half-way. */
  readonly cutAfterChunks: number | null
  /** Never answer. */
  readonly hang: boolean
  /** Status 200 and a body that is no JSON. */
  readonly garbage: boolean
  /** Add a header of so many bytes. */
  readonly headerBytes: number
  /** Send the body one byte at a time with this pause between two bytes. */
  readonly dripMs: number
}

export const noFaults: Faults = {
  status: null,
  retryAfterSeconds: null,
  delayMs: 0,
  gapMs: null,
  cutAfterChunks: null,
  hang: false,
  garbage: false,
  headerBytes: 0,
  dripMs: 0,
}

export class FaultSyntaxError extends Error {
  override readonly name = 'FaultSyntaxError'
}

const byName: Record<string, (value: number) => Partial<Faults>> = {
  status: (value) => ({ status: value }),
  'retry-after': (value) => ({ retryAfterSeconds: value }),
  delay: (value) => ({ delayMs: value }),
  gap: (value) => ({ gapMs: value }),
  cut: (value) => ({ cutAfterChunks: value }),
  hang: () => ({ hang: true }),
  garbage: () => ({ garbage: true }),
  'header-bytes': (value) => ({ headerBytes: value }),
  drip: (value) => ({ dripMs: value }),
}

export function parseFaults(text: string): Partial<Faults> {
  const words = text.split(',').map((word) => word.trim())
  return Object.assign({}, ...words.filter((word) => word !== '').map(parseFault))
}

function parseFault(word: string): Partial<Faults> {
  const [name = '', value = '0'] = word.split('=')
  const build = byName[name]
  if (build === undefined || !/^\d{1,7}$/.test(value)) {
    throw new FaultSyntaxError(`"${word}" is no fault. Faults: ${Object.keys(byName).join(', ')}.`)
  }
  return build(Number(value))
}

/** `qwen~status=503` → the model `qwen` and its faults. */
export function splitModel(model: string): { model: string; faults: Partial<Faults> } {
  const at = model.indexOf('~')
  if (at < 0) return { model, faults: {} }
  return { model: model.slice(0, at), faults: parseFaults(model.slice(at + 1)) }
}
