import * as acme from 'acme-client'
import { systemCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { insertChallenges, removeChallenges } from '@/lib/persistence/acme-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { type DomainRow, findDomain } from '@/lib/persistence/domain-store.ts'
import { newKey, openAcmeClient } from './acme-client.ts'
import { domainDocument } from './domain-document.ts'
import { domainPublished } from './domain-published.ts'
import { OrderFailure } from './order-failure.ts'
import { recordDomainRevision } from './record-domain.ts'
import { waitForNodes } from './wait-for-nodes.ts'

type Challenge = acme.Authorization['challenges'][number]

interface Pending {
  readonly challenge: Challenge
  readonly keyAuthorization: string
}

const publishTimeoutMs = 30_000

/** One order from account to chain (RFC 8555 §7), its challenges answered by the domain's gateway over HTTP (§8.3). */
export async function runOrder(domain: DomainRow): Promise<{ readonly chain: string; readonly key: string }> {
  const client = await openAcmeClient()
  const { name } = domain
  const order = await client.createOrder({ identifiers: [{ type: 'dns', value: name }] })
  const pending = await pendingChallenges(client, order)
  if (pending.length > 0) {
    await waitForNodes(domain.gatewayId, await publishChallenges(domain, pending), publishTimeoutMs)
    for (const { challenge } of pending) await client.completeChallenge(challenge)
    for (const { challenge } of pending) await client.waitForValidStatus(challenge)
  }
  const key = newKey()
  const [, request] = await acme.crypto.createCsr({ commonName: name, altNames: [name] }, key)
  const ready = await client.waitForValidStatus<acme.Order>(order)
  const finalized = ready.status === 'valid' ? ready : await client.finalizeOrder(order, request)
  return { chain: await client.getCertificate(finalized), key }
}

async function pendingChallenges(client: acme.Client, order: acme.Order): Promise<Pending[]> {
  const pending: Pending[] = []
  for (const { status, challenges } of await client.getAuthorizations(order)) {
    if (status === 'valid') continue
    const challenge = challenges.find(({ type }) => type === 'http-01')
    if (challenge === undefined) throw new OrderFailure('The ACME server offers no challenge over HTTP.')
    pending.push({ challenge, keyAuthorization: await client.getChallengeKeyAuthorization(challenge) })
  }
  return pending
}

/** Answers the revision in which nodes answer them. */
async function publishChallenges(domain: DomainRow, pending: readonly Pending[]): Promise<number> {
  const { id: domainId, gatewayId } = domain
  const rows = pending.map(({ challenge: { token }, keyAuthorization }) => ({
    token,
    keyAuthorization,
    domainId,
    gatewayId,
  }))
  const revision = await inTransaction(consoleContext().database, async (transaction) => {
    if ((await findDomain(transaction, domainId)) === null) {
      throw new OrderFailure('The domain name was deleted meanwhile.')
    }
    await insertChallenges(transaction, rows)
    const before = domainDocument(domain)
    const after = { ...before, acmeChallenges: rows.length }
    return await recordDomainRevision(transaction, systemCaller(), { domain, before, after })
  })
  domainPublished([gatewayId], domain.workspaceId, { id: domainId, version: domain.version })
  return revision
}

/** When the order has ended, however it ended without a certificate. */
export async function withdrawChallenges(domain: DomainRow): Promise<void> {
  const removed = await inTransaction(consoleContext().database, async (transaction) => {
    if (!(await removeChallenges(transaction, domain.id))) return false
    const after = domainDocument(domain)
    const before = { ...after, acmeChallenges: 1 }
    await recordDomainRevision(transaction, systemCaller(), { domain, before, after })
    return true
  })
  if (removed) domainPublished([domain.gatewayId], domain.workspaceId, { id: domain.id, version: null })
}
