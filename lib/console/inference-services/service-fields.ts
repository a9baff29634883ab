import { consoleContext } from '@/lib/console/console-context.ts'
import type { InferenceServiceDocument } from '@/lib/control-plane/documents.ts'
import type { BalancingStrategy } from '@/lib/domain/inference-service.ts'
import { orNull } from '@/lib/persistence/json-null.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'

/** How inputs write balancing → how documents and snapshots do. */
export function toBalancing(
  strategy: BalancingStrategy,
  hashHeader: string | null,
): InferenceServiceDocument['balancing'] {
  if (strategy !== 'hash') return { strategy }
  return { strategy, on: hashHeader === null ? 'client-address' : { header: hashHeader } }
}

/** The nullable columns of JSON: null must be said in the database's way. */
export function nullableColumns(fields: {
  readonly healthCheck: object | null
  readonly passiveHealth: object | null
  readonly concurrency: object | null
}) {
  return {
    healthCheck: orNull(fields.healthCheck),
    passiveHealth: orNull(fields.passiveHealth),
    concurrency: orNull(fields.concurrency),
  }
}

/** Bound to the service, so that it does not open under another one. */
export function sealCredential(serviceId: string, credential: string | null): string | null {
  return credential === null ? null : sealSecret(consoleContext().masterKey, serviceId, credential)
}
