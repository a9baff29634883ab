import { X509Certificate } from 'node:crypto'
import type { InvalidField } from '@/lib/domain/error.ts'
import { pemBlocks } from './pem-blocks.ts'

/** What is wrong with a list of authorities as PEM text; null: each can be read. */
export function caProblem(pem: string): Omit<InvalidField, 'path'> | null {
  const blocks = pemBlocks(pem)
  if (blocks.some(({ label }) => label.endsWith('PRIVATE KEY'))) {
    const message = 'There is a private key in it. An authority is a certificate alone.'
    return { code: 'key_in_ca', message }
  }
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE')
  if (certificates.length === 0) {
    const message = 'This is not a PEM certificate. It begins with -----BEGIN CERTIFICATE-----.'
    return { code: 'not_pem', message }
  }
  for (const [index, { text }] of certificates.entries()) {
    try {
      new X509Certificate(text)
    } catch {
      const message = `Certificate ${index + 1} of ${certificates.length} could not be read.`
      return { code: 'unreadable', message }
    }
  }
  return null
}
