import type { Database, Transaction } from './database.ts'
import { openSecret, SealedSecretError, sealSecret } from './sealed-secret.ts'

export interface MasterKeys {
  readonly from: Uint8Array
  readonly to: Uint8Array
}

export class ResealError extends Error {
  override readonly name = 'ResealError'
}

/** A long history takes longer than a usual write. Milliseconds. */
const timeoutMs = 600_000
/** Rows are read and written so many at a time: history can be long. */
const batchSize = 500
const contentBatchSize = 50
const sealedForm = 's1:'
const sealedName = /^sealed$|Sealed$/

/**
 * Seals every secret of the database with another master key, all or nothing. Answers how many. Throws `ResealError`,
 * which names the row, on a text that the old key does not open. Kept answers of the API are dropped: they only serve
 * callers that repeat a request. Nothing else may use the database meanwhile.
 */
export async function resealSecrets(database: Database, keys: MasterKeys): Promise<number> {
  return await database.$transaction((transaction) => resealRows(transaction, keys), { timeout: timeoutMs })
}

async function resealRows(transaction: Transaction, keys: MasterKeys): Promise<number> {
  const reseal = (what: string, objectId: string, sealed: string) => again(keys, what, objectId, sealed)
  let count = 0
  const { certificate, acmeAccount, serviceToken, serviceKey, source, inferenceService } = transaction
  const { consumerCredential } = transaction
  for (const { id, keySealed } of await certificate.findMany({ select: { id: true, keySealed: true } })) {
    const data = { keySealed: reseal('certificate', id, keySealed) }
    await certificate.update({ where: { id }, data })
    count += 1
  }
  for (const { directoryUrl, keySealed } of await acmeAccount.findMany()) {
    const data = { keySealed: reseal('ACME account', directoryUrl, keySealed) }
    await acmeAccount.update({ where: { directoryUrl }, data })
    count += 1
  }
  for (const { id, sealed } of await serviceToken.findMany({ select: { id: true, sealed: true } })) {
    await serviceToken.update({ where: { id }, data: { sealed: reseal('token', id, sealed) } })
    count += 1
  }
  for (const { id, sealed } of await serviceKey.findMany({ select: { id: true, sealed: true } })) {
    await serviceKey.update({ where: { id }, data: { sealed: reseal('key', id, sealed) } })
    count += 1
  }
  for (const { id, secretSealed } of await source.findMany({ select: { id: true, secretSealed: true } })) {
    if (secretSealed === null) continue
    await source.update({ where: { id }, data: { secretSealed: reseal('source', id, secretSealed) } })
    count += 1
  }
  for (const { id, sealed } of await consumerCredential.findMany({ select: { id: true, sealed: true } })) {
    if (sealed === null) continue
    await consumerCredential.update({ where: { id }, data: { sealed: reseal('credential', id, sealed) } })
    count += 1
  }
  const services = { id: true, upstreamCredentialSealed: true, nacos: true } as const
  for (const { id, ...sealed } of await inferenceService.findMany({ select: services })) {
    const resealed = within(sealed, id, keys, 'inference service')
    if (resealed.count === 0) continue
    await inferenceService.update({ where: { id }, data: resealed.value as object })
    count += resealed.count
  }
  count += await resealHistory(transaction, keys)
  count += await resealContent(transaction, keys)
  await transaction.idempotencyKey.deleteMany()
  return count
}

/** Earlier configurations keep their secrets, so that they can be brought back. */
async function resealHistory({ revisionChange }: Transaction, keys: MasterKeys): Promise<number> {
  let count = 0
  let cursor: string | null = null
  for (;;) {
    const rows: ReadonlyArray<{ id: string; objectId: string; before: unknown; after: unknown }> =
      await revisionChange.findMany({
        select: { id: true, objectId: true, before: true, after: true },
        orderBy: { id: 'asc' },
        take: batchSize,
        ...(cursor !== null && { where: { id: { gt: cursor } } }),
      })
    for (const { id, objectId, before, after } of rows) {
      const resealed = within({ before, after }, objectId, keys, `revision of ${objectId}`)
      if (resealed.count > 0)
        await revisionChange.update({ where: { id }, data: withoutNull(resealed.value) })
      count += resealed.count
    }
    const last = rows.at(-1)
    if (last === undefined) return count
    cursor = last.id
  }
}

/** Of recorded requests, which is large: few at a time. */
async function resealContent({ requestContent }: Transaction, keys: MasterKeys): Promise<number> {
  let count = 0
  let cursor = ''
  for (;;) {
    const rows = await requestContent.findMany({
      where: { recordId: { gt: cursor } },
      orderBy: { recordId: 'asc' },
      take: contentBatchSize,
    })
    for (const { recordId, requestSealed, responseSealed } of rows) {
      const reseal = (sealed: string | null) => sealed && again(keys, 'recorded content', recordId, sealed)
      const data = { requestSealed: reseal(requestSealed), responseSealed: reseal(responseSealed) }
      await requestContent.update({ where: { recordId }, data })
      count += Number(requestSealed !== null) + Number(responseSealed !== null)
    }
    const last = rows.at(-1)
    if (last === undefined) return count
    cursor = last.recordId
  }
}

/**
 * A sealed text within a document belongs to the nearest object that has an id, else to the row's own object. Fields that
 * hold one are named so: what else begins like one was written by a person.
 */
function within(
  value: unknown,
  objectId: string,
  keys: MasterKeys,
  what: string,
): { value: unknown; count: number } {
  if (typeof value !== 'object' || value === null) return { value, count: 0 }
  let count = 0
  const inside = (entry: unknown, owner: string) => {
    const resealed = within(entry, owner, keys, what)
    count += resealed.count
    return resealed.value
  }
  if (Array.isArray(value)) return { value: value.map((entry) => inside(entry, objectId)), count }
  const owner = 'id' in value && typeof value.id === 'string' ? value.id : objectId
  const entries = Object.entries(value).map(([name, entry]) => {
    if (!isSealed(name, entry)) return [name, inside(entry, owner)] as const
    count += 1
    return [name, again(keys, what, owner, entry)] as const
  })
  return { value: Object.fromEntries(entries), count }
}

function isSealed(name: string, value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(sealedForm) && sealedName.test(name)
}

/** A JSON column that is null stays as it is, which only leaving it out says. */
function withoutNull(value: unknown): Record<string, object> {
  return Object.fromEntries(Object.entries(value as object).filter(([, entry]) => entry !== null))
}

function again({ from, to }: MasterKeys, what: string, objectId: string, sealed: string): string {
  try {
    return sealSecret(to, objectId, openSecret(from, objectId, sealed))
  } catch (cause) {
    if (!(cause instanceof SealedSecretError)) throw cause
    throw new ResealError(`The secret of ${what} ${objectId} does not open with the present master key.`, {
      cause,
    })
  }
}
