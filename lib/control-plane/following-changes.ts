import type { Transaction } from '@/lib/persistence/database.ts'
import { listServicesUsing, type ServiceUse } from '@/lib/persistence/service-store.ts'
import type { ChangeRecord } from './change-record.ts'
import type { ConfigurationChange } from './documents.ts'

/**
 * What a change means for other gateways: their services take the address and the token of an inference service, or
 * a certificate, from what changed, and their snapshots must be made anew.
 */
export async function followingChanges(
  transaction: Transaction,
  { gatewayId, author, changes, now }: ChangeRecord,
): Promise<readonly ChangeRecord[]> {
  const byGateway = new Map<string, Map<string, ConfigurationChange>>()
  for (const use of changes.flatMap((change) => useOf(gatewayId, change) ?? [])) {
    for (const { id, name, workspaceId, gatewayId: other } of await listServicesUsing(transaction, use)) {
      if (other === gatewayId) continue
      const known = byGateway.get(other) ?? new Map()
      const kind = 'followed-service'
      known.set(id, { kind, id, name, workspaceId, operation: 'updated', before: null, after: null })
      byGateway.set(other, known)
    }
  }
  return [...byGateway].map(([id, services]) => ({
    gatewayId: id,
    author,
    changes: [...services.values()],
    now,
  }))
}

function useOf(gatewayId: string, { kind, id, after }: ConfigurationChange): ServiceUse | null {
  if (kind === 'inference-service' || kind === 'service-token') return { inferenceServiceId: id }
  if (kind === 'gateway') return { inferenceService: { gatewayId } }
  const certificateId =
    kind === 'domain' && after !== null && 'certificateId' in after ? after.certificateId : null
  return certificateId === null ? null : { certificateId }
}
