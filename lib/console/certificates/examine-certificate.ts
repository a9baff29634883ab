import type { KeyObject, X509Certificate } from 'node:crypto'
import type { CertificatePreview } from '@/lib/domain/certificate.ts'
import { hasBrokenSignature, isIssuedBy, nameOf, orderComplaint, readChain } from './read-chain.ts'
import { type CertificateComplaint, readPrivateKey } from './read-private-key.ts'

type Facts = NonNullable<CertificatePreview['facts']>
type Warning = CertificatePreview['warnings'][number]

export interface ExaminedCertificate extends CertificatePreview {
  /** PEM of the certificates alone; null when they could not be read. */
  readonly chainPem: string | null
  /** Secret. PKCS #8 without encryption; null without a key that could be read. */
  readonly keyPem: string | null
}

const dayMs = 86_400_000
const soonDays = 30
const rsaBitsMin = 2048
const curves = ['prime256v1', 'secp384r1', 'secp521r1']

/** All that an upload is checked for, with the facts that people see before they save. */
export function examineCertificate(
  written: { readonly chain: string; readonly key: string | null; readonly passphrase: string | null },
  now: number,
): ExaminedCertificate {
  const reading = readChain(written.chain)
  const keyReading = written.key === null ? null : readPrivateKey(written.key, written.passphrase)
  const keyComplaint = keyReading?.complaint ?? null
  const key = keyReading?.key ?? null
  const keyPem = key === null ? null : String(key.export({ type: 'pkcs8', format: 'pem' }))
  if (reading.certificates === null) {
    const errors = [reading.complaint, keyComplaint].filter((complaint) => complaint !== null)
    return { facts: null, errors, warnings: [], chainPem: null, keyPem }
  }
  const chain = reading.certificates
  const [leaf] = chain
  if (leaf === undefined) throw new RangeError('A chain that was read has a certificate.')
  const facts = factsOf(leaf, chain.length, now)
  const errors = [
    orderComplaint(chain),
    ...chain.map((certificate, index) => certificateComplaint(chain, certificate, index, now)),
    facts.names.length === 0 ? atChain('no_names', 'It names no host: it has no DNS name.') : null,
    keyComplaint,
    key === null ? null : matchComplaint(leaf, key),
  ].filter((complaint) => complaint !== null)
  return {
    facts,
    errors,
    warnings: warningsOf(leaf, chain, now),
    chainPem: chain.map((certificate) => certificate.toString()).join(''),
    keyPem,
  }
}

function matchComplaint(leaf: X509Certificate, key: KeyObject): CertificateComplaint | null {
  if (leaf.checkPrivateKey(key)) return null
  return {
    path: 'key',
    code: 'key_mismatch',
    message: `The key belongs to another certificate, not to ${nameOf(leaf)}.`,
  }
}

/** What makes one certificate of the chain unfit, first things first. */
function certificateComplaint(
  chain: readonly X509Certificate[],
  certificate: X509Certificate,
  index: number,
  now: number,
): CertificateComplaint | null {
  const which = chain.length === 1 ? 'This certificate' : `Certificate ${index + 1} (${nameOf(certificate)})`
  const notAfter = Date.parse(certificate.validTo)
  if (notAfter <= now) return atChain('expired', `${which} expired on ${dayOf(notAfter)}.`)
  const weakness = keyWeakness(certificate.publicKey)
  if (weakness !== null) return atChain('weak_key', `${which} has ${weakness}.`)
  // A root is trusted for what it is, not for its signature on itself.
  const isRoot = index > 0 && isIssuedBy(certificate, certificate)
  if (!isRoot && hasBrokenSignature(certificate)) {
    return atChain('weak_signature', `${which} is signed with SHA-1 or older, which can be forged.`)
  }
  return null
}

function keyWeakness({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | null {
  if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0
    return bits >= rsaBitsMin ? null : `an RSA key of ${bits} bits; at least ${rsaBitsMin} are safe`
  }
  if (asymmetricKeyType === 'ec') {
    const curve = asymmetricKeyDetails?.namedCurve ?? 'unknown'
    return curves.includes(curve) ? null : `an EC key on the curve ${curve}, which callers do not take`
  }
  return asymmetricKeyType === 'ed25519' || asymmetricKeyType === 'ed448'
    ? null
    : 'a key of a kind that TLS does not take'
}

function warningsOf(leaf: X509Certificate, chain: readonly X509Certificate[], now: number): Warning[] {
  const warnings: Warning[] = []
  const notBefore = Date.parse(leaf.validFrom)
  if (notBefore > now) {
    const message = `It is not valid before ${dayOf(notBefore)}: callers refuse it until then.`
    warnings.push({ code: 'not_yet_valid', message })
  }
  const expiry = expiryWarning(Date.parse(leaf.validTo), now)
  if (expiry !== null) warnings.push(expiry)
  if (chain.length === 1) {
    warnings.push(
      isIssuedBy(leaf, leaf)
        ? { code: 'self_signed', message: 'It is self-signed: callers must be told to trust it.' }
        : {
            code: 'chain_short',
            message: `The issuer’s certificate (${issuerOf(leaf)}) is not in the chain. Add it, unless callers trust it themselves.`,
          },
    )
  }
  return warnings
}

function expiryWarning(notAfter: number, now: number): Warning | null {
  if (notAfter <= now || notAfter - now > soonDays * dayMs) return null
  const days = Math.floor(notAfter / dayMs) - Math.floor(now / dayMs)
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
  return { code: 'expires_soon', message: `It expires ${when}, on ${dayOf(notAfter)}.` }
}

/** Of a chain that was stored, so it can be read. */
export function chainFacts(chainPem: string, now: number): Facts {
  const { certificates } = readChain(chainPem)
  const [leaf] = certificates ?? []
  if (leaf === undefined) throw new RangeError('The stored chain cannot be read.')
  return factsOf(leaf, certificates?.length ?? 0, now)
}

function factsOf(leaf: X509Certificate, chainLength: number, now: number): Facts {
  const notAfter = Date.parse(leaf.validTo)
  return {
    subject: leaf.subject?.replaceAll('\n', ', ') ?? '',
    names: namesOf(leaf),
    issuer: leaf.issuer.replaceAll('\n', ', '),
    keyType: keyTypeOf(leaf.publicKey),
    notBefore: new Date(leaf.validFrom).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    daysLeft: daysLeft(notAfter, now),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    chainLength,
  }
}

export function daysLeft(notAfter: number, now: number): number {
  return Math.floor((notAfter - now) / dayMs)
}

/** Of the alternative names alone: nobody looks at the common name any more (RFC 9525 §2). */
function namesOf({ subjectAltName }: X509Certificate): string[] {
  const names = (subjectAltName ?? '').split(', ').flatMap((entry) => {
    const name = /^DNS:([A-Za-z0-9.*_-]+)$/.exec(entry)?.[1]
    return name === undefined ? [] : [name.toLowerCase()]
  })
  return [...new Set(names)]
}

export function keyTypeOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  if (asymmetricKeyType === 'ec') return `EC ${asymmetricKeyDetails?.namedCurve ?? ''}`.trim()
  if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') {
    return `RSA ${asymmetricKeyDetails?.modulusLength ?? ''}`.trim()
  }
  return asymmetricKeyType === 'ed25519' ? 'Ed25519' : String(asymmetricKeyType ?? 'unknown')
}

function issuerOf({ issuer }: X509Certificate): string {
  return /(?:^|\n)CN=([^\n]*)/.exec(issuer)?.[1] ?? issuer.replaceAll('\n', ', ')
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function atChain(code: string, message: string): CertificateComplaint {
  return { path: 'chain', code, message }
}
