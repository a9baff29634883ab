import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { AppError } from '@/lib/domain/error.ts'
import { claimOrder, type DomainRow, findDomain, noteOnDomain } from '@/lib/persistence/domain-store.ts'
import { domainPublished } from './domain-published.ts'
import { getDomain } from './get-domain.ts'
import { keepCertificate } from './keep-certificate.ts'
import { OrderFailure, reasonOf } from './order-failure.ts'
import { noteFailure, noteSuccess, orderLongestMs } from './order-times.ts'
import { requireDomain, requireDomainWrite } from './require-domain.ts'
import { runOrder, withdrawChallenges } from './run-order.ts'

/** Orders now, without waiting for the next try. Throws `conflict` while an order is under way. */
export async function orderCertificate(idOrName: string, caller: WorkspaceCaller): Promise<Domain> {
  const { database } = consoleContext()
  const row = await requireDomain(database, idOrName, caller)
  requireDomainWrite(caller, row)
  if (!row.automaticCertificate || row.protocol !== 'https') {
    throw new AppError('conflict', 'The certificate of this name is not ordered automatically.')
  }
  if (!(await claim(row))) {
    throw new AppError('conflict', 'An order is under way. Wait until it has ended.')
  }
  void order(row)
  return await getDomain(row.id, caller)
}

/** Orders in the background, if nobody else does. */
export function startOrder(domainId: string): void {
  const { database, logger } = consoleContext()
  const start = async () => {
    const row = await findDomain(database, domainId)
    if (row !== null && (await claim(row))) await order(row)
  }
  start().catch((error: unknown) => logger.warn({ err: error, domainId }, 'an order could not be begun'))
}

/** An order that has neither come nor failed may still be under way, here or in another console. */
async function claim(row: DomainRow): Promise<boolean> {
  const { database, clock } = consoleContext()
  const now = clock.now()
  const { id, certificateTriedAt: tried, certificateError, workspaceId, version } = row
  const isUnderWay = tried !== null && certificateError === null && now - tried.getTime() < orderLongestMs
  if (isUnderWay || !(await claimOrder(database, id, tried, new Date(now)))) return false
  domainPublished([], workspaceId, { id, version })
  return true
}

/** Never throws: what goes wrong stands at the domain, and is tried again later. */
async function order(row: DomainRow): Promise<void> {
  const { database, logger } = consoleContext()
  try {
    await keepCertificate(row.id, await within(orderLongestMs, runOrder(row)))
    noteSuccess(row.id)
    logger.info({ domain: row.name }, 'a certificate was ordered')
  } catch (error) {
    noteFailure(row.id)
    logger.warn({ domain: row.name, err: error }, 'a certificate could not be ordered')
    try {
      await noteOnDomain(database, row.id, { certificateError: reasonOf(error) })
      await withdrawChallenges(row)
      domainPublished([], row.workspaceId, { id: row.id, version: row.version })
    } catch (failure) {
      logger.warn({ domain: row.name, err: failure }, 'the failed order could not be written down')
    }
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OrderFailure('The order took too long.')), ms)
    timer.unref()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
