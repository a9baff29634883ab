import { AppError } from '@/lib/domain/error.ts'

/** Of one workspace at one time; each may hold a connection and a long answer. */
export const asksMax = 8

/** On globalThis, because each route is bundled with a copy of this module. */
const holder = globalThis as { __switchyardAsks?: Map<string, number> }
holder.__switchyardAsks ??= new Map()
const underWay = holder.__switchyardAsks

/** What the console asks of others for a workspace. Throws `rate_limited` while too much of it is under way. */
export async function askInTurn<T>(workspaceId: string, ask: () => Promise<T>): Promise<T> {
  const count = underWay.get(workspaceId) ?? 0
  if (count >= asksMax) {
    const message = `This workspace runs ${asksMax} tests at the same time already. Wait until one has ended.`
    throw new AppError('rate_limited', message, { retryAfterSeconds: 2 })
  }
  underWay.set(workspaceId, count + 1)
  try {
    return await ask()
  } finally {
    const left = (underWay.get(workspaceId) ?? 1) - 1
    if (left > 0) underWay.set(workspaceId, left)
    else underWay.delete(workspaceId)
  }
}
