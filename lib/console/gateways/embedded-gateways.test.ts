import { afterEach, expect, test, vi } from 'vitest'
import { closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { type Embedded, holdEmbedded, sharedEmbedded } from './embedded-gateways.ts'

const idleMs = 600_000

class FakeEngine implements Embedded {
  revision: number | null = null
  readonly begunWith: unknown
  readonly memory: unknown
  isClosed = false

  constructor(memory: unknown) {
    this.begunWith = memory
    this.memory = { after: memory }
  }

  apply(snapshot: GatewaySnapshot): void {
    this.revision = snapshot.revision
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

const create = (_logger: unknown, memory: unknown) => new FakeEngine(memory)

describeOnBothDatabases('Embedded gateways', (open) => {
  closeTestConsoles()
  afterEach(() => vi.useRealTimers())

  test('are opened once, closed when nobody holds them, and begin with what was known', async () => {
    await startTestConsole(await open())
    const holding = [holdEmbedded('gw_shared', 0, create), holdEmbedded('gw_shared', 0, create)] as const
    const [one, two] = await Promise.all(holding)
    expect(one.engine).toBe(two.engine)
    expect(one.engine.revision).not.toBeNull()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    one.release()
    one.release()
    vi.advanceTimersByTime(idleMs)
    expect(one.engine.isClosed).toBe(false)
    two.release()
    vi.advanceTimersByTime(idleMs - 1)
    expect(one.engine.isClosed).toBe(false)
    vi.advanceTimersByTime(1)
    expect(one.engine.isClosed).toBe(true)
    vi.useRealTimers()
    const three = await holdEmbedded('gw_shared', 0, create)
    expect(three.engine).not.toBe(one.engine)
    expect(three.engine.begunWith).toEqual(one.engine.memory)
    three.release()
  })

  test('stay open for traffic, and say so where there is nothing to run', async () => {
    await startTestConsole(await open())
    const engine = await sharedEmbedded(create)
    expect(await sharedEmbedded(create)).toBe(engine)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.advanceTimersByTime(2 * idleMs)
    expect(engine.isClosed).toBe(false)
    vi.useRealTimers()
    await expect(holdEmbedded('gw_none', 0, create)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
