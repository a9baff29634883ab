import type { getGatewayNames } from '@/lib/persistence/gateway-network-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type { CertificateSnapshot, DomainSnapshot } from '@/lib/snapshot/snapshot.ts'
import type { GatewayRows } from './gateway-rows.ts'

export type StoredNames = Awaited<ReturnType<typeof getGatewayNames>>

export function toNames(
  { domains, challenges }: StoredNames,
  masterKey: Buffer,
): Pick<GatewayRows, 'domains' | 'certificates' | 'acmeChallenges'> {
  const certificates = new Map<string, CertificateSnapshot>()
  for (const { protocol, certificate } of domains) {
    if (protocol !== 'https' || certificate === null || certificates.has(certificate.id)) continue
    const { id, chainPem, keySealed } = certificate
    certificates.set(id, { id, chain: chainPem, key: openSecret(masterKey, id, keySealed) })
  }
  return {
    domains: domains.map(toDomain),
    certificates: [...certificates.values()],
    acmeChallenges: challenges.map(({ token, keyAuthorization }) => ({ token, keyAuthorization })),
  }
}

/** Nobody is sent to a port where the name has no certificate yet. */
function toDomain({ name, side, protocol, certificateId, forceHttps }: StoredNames['domains'][number]) {
  const served = protocol === 'https' ? certificateId : null
  return {
    name,
    side: side === 'private' ? 'vpc' : 'internet',
    certificateId: served,
    forceHttps: forceHttps && served !== null,
  } satisfies DomainSnapshot
}
