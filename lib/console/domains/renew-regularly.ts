import { consoleContext } from '@/lib/console/console-context.ts'
import { listAutomaticDomains } from '@/lib/persistence/domain-store.ts'
import { startOrder } from './order-certificate.ts'
import { isDue } from './order-times.ts'

const everyMs = 60_000

/** Orders and renews what is due. Of several consoles the first to claim a domain orders for it. Returns a stop. */
export function renewRegularly(): () => void {
  const timer = setInterval(() => void renewDue(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Answers for how many an order was begun. */
export async function renewDue(): Promise<number> {
  const { database, clock, logger } = consoleContext()
  try {
    const domains = await listAutomaticDomains(database)
    const due = domains.filter((domain) => isDue(domain, clock.now()))
    for (const { id } of due) startOrder(id)
    return due.length
  } catch (error) {
    logger.warn({ err: error }, 'certificates could not be looked through; the next turn tries again')
    return 0
  }
}
