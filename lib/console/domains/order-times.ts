import type { DomainRow } from '@/lib/persistence/domain-store.ts'

/** After this an order is given up. */
export const orderLongestMs = 300_000
const retryFirstMs = 300_000
const retryLastMs = 6 * 3_600_000

/** Failures in a row, by domain; a console that starts anew begins with the shortest pause. */
const failures = new Map<string, number>()

export function noteFailure(domainId: string): void {
  failures.set(domainId, (failures.get(domainId) ?? 0) + 1)
}

export function noteSuccess(domainId: string): void {
  failures.delete(domainId)
}

/** The pause after a number of failures in a row: it doubles, so that a server's limits on failed orders are kept. */
export function pauseAfter(count: number): number {
  return Math.min(retryLastMs, retryFirstMs * 2 ** Math.max(0, count - 1))
}

/** Whether to order for a domain now: without a certificate at once, with one when a third of its life is left. */
export function isDue(
  domain: Pick<DomainRow, 'id' | 'certificateTriedAt' | 'certificateError'> & {
    readonly certificate: Pick<
      NonNullable<DomainRow['certificate']>,
      'source' | 'notBefore' | 'notAfter'
    > | null
  },
  now: number,
): boolean {
  const { id, certificate, certificateTriedAt, certificateError } = domain
  if (certificate?.source === 'acme' && !isNearItsEnd(certificate, now)) return false
  if (certificateTriedAt === null) return true
  const pause = certificateError === null ? orderLongestMs : pauseAfter(failures.get(id) ?? 1)
  return now - certificateTriedAt.getTime() >= pause
}

function isNearItsEnd({ notBefore, notAfter }: { notBefore: Date; notAfter: Date }, now: number): boolean {
  const life = notAfter.getTime() - notBefore.getTime()
  return notAfter.getTime() - now <= life / 3
}
