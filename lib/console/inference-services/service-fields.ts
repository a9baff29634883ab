import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
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

/** Passwords left out stay as they are stored under the registration's id. Throws `invalid_input` at `nacos.<index>`. */
export function sealRegistrations(
  inputs: readonly NacosRegistrationInput[],
  stored: readonly NacosRegistration[],
): NacosRegistration[] {
  const free = new Map(stored.map((registration) => [registration.id, registration]))
  return inputs.map(({ id: wanted, password, ...fields }, index) => {
    const before = wanted === undefined ? undefined : free.get(wanted)
    if (password === undefined) requireSameServers(before, fields.servers, index)
    const id = before?.id ?? createId('nac')
    free.delete(id)
    if (password === undefined) return { ...fields, id, passwordSealed: before?.passwordSealed ?? null }
    const { masterKey } = consoleContext()
    return { ...fields, id, passwordSealed: password === null ? null : sealSecret(masterKey, id, password) }
  })
}

/** A password that nobody can read must not be sent where whoever edits the service likes. */
function requireSameServers(
  before: NacosRegistration | undefined,
  servers: readonly string[],
  index: number,
): void {
  if (before === undefined || before.passwordSealed === null) return
  const added = servers.find((server) => !before.servers.includes(server))
  if (added === undefined) return
  const message = `The password is kept for the servers that it was written for, and ${added} is new. Write it again.`
  throw fieldError(`nacos.${index}.password`, 'password_again', message, { server: added })
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
