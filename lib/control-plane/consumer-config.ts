import * as z from 'zod'
import { apiKeyLocation } from '@/lib/domain/consumer.ts'
import type { ConsumerRow } from '@/lib/persistence/consumer-store.ts'
import type { AuthorizationSnapshot, ConsumerSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'
import { stringList } from './stored-json.ts'

/** The `config` column of an API key. */
export const credentialConfig = z.object({ location: apiKeyLocation })

/** What history shows of a consumer; nothing of it is secret. */
export interface ConsumerDocument {
  readonly name: string
  readonly modelApiIds: readonly string[]
  readonly credentials: ReadonlyArray<{
    readonly id: string
    readonly type: string
    readonly location: z.infer<typeof apiKeyLocation>
    readonly hint: string
    readonly expiresAt: string | null
  }>
}

export function toConsumerDocument({ name, modelApiIds, credentials }: ConsumerRow): ConsumerDocument {
  return {
    name,
    modelApiIds: stringList(modelApiIds),
    credentials: credentials.map(({ id, type, config, hint, expiresAt }) => ({
      ...{ id, type, hint },
      location: credentialConfig.parse(config).location,
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
  }
}

/** A consumer as snapshots are made of it. */
export interface ConsumerRows {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly modelApiIds: readonly string[]
  readonly apiKeys: ConsumerSnapshot['apiKeys']
}

export function toConsumer({ id, name, workspaceId, modelApiIds, credentials }: ConsumerRow): ConsumerRows {
  return {
    ...{ id, name, workspaceId, modelApiIds: stringList(modelApiIds) },
    apiKeys: credentials.flatMap(({ id: credentialId, tokenHash, config, expiresAt }) => {
      const { location } = credentialConfig.parse(config)
      if (tokenHash === null) return []
      return { id: credentialId, digest: tokenHash, location, expiresAt: expiresAt?.getTime() ?? null }
    }),
  }
}

export function compileConsumer({ modelApiIds: _, ...consumer }: ConsumerRows): ConsumerSnapshot {
  return consumer
}

/** Those that may call an API of this id and workspace. */
export function compileAuthorization(
  api: { readonly id: string; readonly workspaceId: string },
  consumers: readonly ConsumerRows[],
): AuthorizationSnapshot {
  const granted = consumers.filter(
    ({ workspaceId, modelApiIds }) => workspaceId === api.workspaceId && modelApiIds.includes(api.id),
  )
  return { consumerIds: granted.map(({ id }) => id) }
}
