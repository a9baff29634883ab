import { readCredential } from '@/lib/control-plane/consumer-config.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import type { Consumer, Credential } from '@/lib/domain/consumer.ts'
import type { ConsumerRow, CredentialRow } from '@/lib/persistence/consumer-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listModelApiNames } from '@/lib/persistence/model-api-store.ts'
import type { MadeCredential } from './make-credential.ts'

/** Keys that were made just now, by the ids of their credentials. */
export type MadeKeys = ReadonlyMap<string, string>

/** Rows of one workspace as the API shows them, in one more query, however many there are. */
export async function viewConsumers(
  transaction: Transaction,
  rows: readonly ConsumerRow[],
  made: MadeKeys = new Map(),
): Promise<Consumer[]> {
  const ids = new Set(rows.flatMap(({ modelApiIds }) => stringList(modelApiIds)))
  const apis = await listModelApiNames(transaction, [...ids])
  const names = new Map(apis.map(({ id, name }) => [id, name]))
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    modelApis: stringList(row.modelApiIds).flatMap((id) => {
      const name = names.get(id)
      return name === undefined ? [] : [{ id, name }]
    }),
    credentials: row.credentials.map((credential) => credentialView(credential, made)),
  }))
}

export function madeKeys(made: ReadonlyArray<MadeCredential>): MadeKeys {
  return new Map(made.flatMap(({ id, key }) => (key === null ? [] : [[id, key] as const])))
}

export function credentialView(row: CredentialRow, made: MadeKeys = new Map()): Credential {
  const { id, hint } = row
  const createdAt = row.createdAt.toISOString()
  const common = { id, createdAt, expiresAt: row.expiresAt?.toISOString() ?? null }
  const stored = readCredential(row)
  const shown = made.get(id) ?? null
  if (stored.type === 'jwt') return { ...stored, ...common }
  if (stored.type === 'hmac') return { ...stored, hint, secret: shown, ...common }
  return { ...stored, hint, key: shown, ...common }
}
