import { consoleContext } from '@/lib/console/console-context.ts'
import type { InferenceServiceDocument } from '@/lib/control-plane/documents.ts'
import type { BalancingStrategy } from '@/lib/domain/inference-service.ts'
import type { NacosRegistration, NacosRegistrationInput, NlbListener } from '@/lib/domain/service-access.ts'
import { orNull } from '@/lib/persistence/json-null.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { createId } from '@/lib/platform/id.ts'

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

/** Passwords left out stay as they are stored under the registration's id. */
export function sealRegistrations(
  inputs: readonly NacosRegistrationInput[],
  stored: readonly NacosRegistration[],
): NacosRegistration[] {
  const free = new Map(stored.map((registration) => [registration.id, registration]))
  return inputs.map(({ id: wanted, password, ...fields }) => {
    const before = wanted === undefined ? undefined : free.get(wanted)
    const id = before?.id ?? createId('nac')
    free.delete(id)
    if (password === undefined) return { ...fields, id, passwordSealed: before?.passwordSealed ?? null }
    const { masterKey } = consoleContext()
    return { ...fields, id, passwordSealed: password === null ? null : sealSecret(masterKey, id, password) }
  })
}

type WantedListener = { readonly port: number | null; readonly side: NlbListener['side'] }

/** A listener that takes any port keeps one that the service has on that side already, so that its address stays. */
export function keepPorts(
  wanted: readonly WantedListener[],
  stored: readonly NlbListener[],
): WantedListener[] {
  const named = new Set(wanted.map(({ port }) => port))
  const free = stored.filter(({ port }) => !named.has(port))
  return wanted.map((listener) => {
    if (listener.port !== null) return listener
    const index = free.findIndex(({ side }) => side === listener.side)
    return index === -1 ? listener : { ...listener, port: free.splice(index, 1)[0]?.port ?? null }
  })
}
