import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { examineCertificate } from './examine-certificate.ts'

/** What is stored of a chain and its key, which is sealed for this certificate alone. Throws `invalid_input`. */
export function certificateColumns(
  id: string,
  written: { readonly chain: string; readonly key: string; readonly passphrase: string | null },
) {
  const { masterKey, clock } = consoleContext()
  const { facts, errors, chainPem, keyPem } = examineCertificate(written, clock.now())
  const [first] = errors
  if (first !== undefined) throw new AppError('invalid_input', first.message, { invalidFields: errors })
  if (facts === null || chainPem === null || keyPem === null) {
    throw new AppError('internal', 'A certificate without complaint has facts, a chain and a key.')
  }
  return {
    chainPem,
    keySealed: sealSecret(masterKey, id, keyPem),
    subject: facts.subject,
    names: facts.names,
    issuer: facts.issuer,
    fingerprint: facts.fingerprint,
    notBefore: new Date(facts.notBefore),
    notAfter: new Date(facts.notAfter),
  }
}
