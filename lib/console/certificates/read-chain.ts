import { X509Certificate } from 'node:crypto'
import { derTags, readDer } from './der.ts'
import { pemBlocks } from './pem-blocks.ts'
import type { CertificateComplaint } from './read-private-key.ts'

export type ChainReading =
  | { readonly certificates: readonly X509Certificate[]; readonly complaint: null }
  | { readonly certificates: null; readonly complaint: CertificateComplaint }

const chainLengthMax = 10

/** Parses a chain; the order is another question. */
export function readChain(pem: string): ChainReading {
  const blocks = pemBlocks(pem)
  if (blocks.some(({ label }) => label.endsWith('PRIVATE KEY'))) {
    return refuse('key_in_chain', 'There is a private key among the certificates. Paste it below instead.')
  }
  if (blocks.some(({ label }) => label.endsWith('CERTIFICATE REQUEST'))) {
    return refuse('request', 'This is a request for a certificate. Paste what the issuer sent back.')
  }
  const texts = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ text }) => text)
  if (texts.length === 0) {
    return refuse('not_pem', 'This is not a PEM certificate. It begins with -----BEGIN CERTIFICATE-----.')
  }
  if (texts.length > chainLengthMax) {
    return refuse('chain_long', `A chain has at most ${chainLengthMax} certificates.`)
  }
  const certificates: X509Certificate[] = []
  for (const [index, text] of texts.entries()) {
    try {
      certificates.push(new X509Certificate(text))
    } catch {
      return refuse('unreadable', `Certificate ${index + 1} of ${texts.length} could not be read.`)
    }
  }
  return { certificates, complaint: null }
}

/** Why the chain is not leaf first, each certificate issued by the next; null when it is. */
export function orderComplaint(chain: readonly X509Certificate[]): CertificateComplaint | null {
  const broken = chain.findIndex((certificate, index) => {
    const next = chain[index + 1]
    return next !== undefined && !isIssuedBy(certificate, next)
  })
  if (broken === -1) return null
  const right = rightOrder(chain)
  const message =
    right === null
      ? `Certificate ${broken + 2} (${nameOf(chain[broken + 1])}) did not issue certificate ${broken + 1} (${nameOf(chain[broken])}). Paste the leaf first, then each issuer in turn.`
      : `The certificates are in the wrong order. Paste them as: ${right.map(nameOf).join(', ')}.`
  return { path: 'chain', code: right === null ? 'chain_broken' : 'chain_order', message }
}

export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

/** Leaf first, if the certificates make one chain at all. */
function rightOrder(chain: readonly X509Certificate[]): readonly X509Certificate[] | null {
  const leaf = chain.find(
    (candidate) => !chain.some((other) => other !== candidate && isIssuedBy(other, candidate)),
  )
  if (leaf === undefined) return null
  const order = [leaf]
  for (let last = leaf; order.length < chain.length; ) {
    const next = chain.find((candidate) => !order.includes(candidate) && isIssuedBy(last, candidate))
    if (next === undefined) return null
    order.push(next)
    last = next
  }
  return order
}

/** What people know it by: its common name. */
export function nameOf(certificate: X509Certificate | undefined): string {
  const subject = certificate?.subject ?? ''
  return /(?:^|\n)CN=([^\n]*)/.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')
}

/** MD2, MD5 and SHA-1 with RSA, SHA-1 with DSA and ECDSA: object identifiers in hexadecimal. */
const brokenSignatures: ReadonlySet<string> = new Set([
  '2a864886f70d010102',
  '2a864886f70d010104',
  '2a864886f70d010105',
  '2a8648ce380403',
  '2a8648ce3d0401',
])

/** Whether the signature on it could be forged (RFC 5280 §4.1.1.2: the algorithm follows what is signed). */
export function hasBrokenSignature(certificate: X509Certificate): boolean {
  const [outer] = readDer(certificate.raw)
  const [, algorithm] = outer === undefined ? [] : readDer(outer.content)
  const [identifier] = algorithm === undefined ? [] : readDer(algorithm.content)
  if (identifier?.tag !== derTags.objectIdentifier) return true
  return brokenSignatures.has(identifier.content.toString('hex'))
}

function refuse(code: string, message: string): ChainReading {
  return { certificates: null, complaint: { path: 'chain', code, message } }
}
