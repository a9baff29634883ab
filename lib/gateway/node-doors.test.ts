import { describe, expect, test } from 'vitest'
import type { Door, ListenAt } from '@/lib/gateway/listener/door.ts'
import { NodeDoors } from '@/lib/gateway/node-doors.ts'

class FakeDoor implements Door {
  connections = 1
  configured = 0
  isDestroyed = false
  #left: () => void = () => {}
  isDraining = false
  #fails: boolean

  constructor(fails: boolean) {
    this.#fails = fails
  }

  async open(at: ListenAt): Promise<number> {
    await Promise.resolve()
    if (this.#fails) throw new Error('EADDRINUSE')
    return 'port' in at ? at.port : 0
  }

  openFails(): void {
    this.#fails = true
  }

  configure(): void {
    this.configured += 1
  }

  drain(): Promise<void> {
    this.isDraining = true
    return new Promise((resolve) => {
      this.#left = resolve
    })
  }

  lastOneLeft(): void {
    this.connections = 0
    this.#left()
  }

  destroy(): void {
    this.isDestroyed = true
    this.lastOneLeft()
  }
}

function makeDoors({ drainMs = 60_000, failing = '' } = {}) {
  const made: Array<{ name: string; door: FakeDoor }> = []
  const changes: unknown[] = []
  const doors = new NodeDoors({
    create: (name) => {
      const door = new FakeDoor(name === failing)
      made.push({ name, door })
      return { door, describe: (port) => ({ side: 'internet', protocol: 'http', port }) }
    },
    drainMs,
    onChange: (failure) => changes.push(failure),
  })
  const last = (name: string) => made.findLast((entry) => entry.name === name)?.door as FakeDoor
  return { doors, made, changes, last }
}

const at = (port: number) => ({ host: '127.0.0.1', port })

describe('The doors of a node', () => {
  test('are complete once all that were announced are open', async () => {
    const { doors } = makeDoors()
    let isComplete = false
    const complete = doors.whenComplete().then(() => {
      isComplete = true
    })
    doors.keep(['internet', 'vpc', 'a-door-of-the-future'])
    await doors.open('internet', at(1))
    expect(isComplete).toBe(false)
    await doors.open('vpc', at(2))
    await complete
    expect([...doors.ports]).toEqual([
      ['internet', 1],
      ['vpc', 2],
    ])
  })

  test('are complete at once where there are none', async () => {
    const { doors } = makeDoors()
    doors.keep([])
    await doors.whenComplete()
  })

  test('go when they are left out, after what is under way, and leave the others alone', async () => {
    const { doors, last, changes } = makeDoors()
    doors.keep(['internet', 'vpc'])
    await doors.open('internet', at(1))
    await doors.open('vpc', at(2))
    doors.keep(['vpc'])
    expect(last('internet')).toMatchObject({ isDraining: true, isDestroyed: false })
    expect(last('vpc').isDraining).toBe(false)
    expect(doors.listeners).toEqual([{ side: 'internet', protocol: 'http', port: 2 }])
    expect(doors.connections).toBe(2)
    last('internet').lastOneLeft()
    await Promise.resolve()
    expect(doors.connections).toBe(1)
    expect(changes).toEqual([null, null, null])
  })

  test('are broken off when they take longer than they may', async () => {
    const { doors, last } = makeDoors({ drainMs: 1 })
    doors.keep(['internet'])
    await doors.open('internet', at(1))
    doors.keep([])
    await doors.drain()
    expect(last('internet').isDestroyed).toBe(true)
  })

  test('serve a new socket of the same name while the old one finishes', async () => {
    const { doors, made } = makeDoors()
    doors.keep(['internet'])
    await doors.open('internet', at(1))
    await doors.open('internet', at(2))
    expect(made.map(({ door }) => door.isDraining)).toEqual([true, false])
    expect(doors.ports.get('internet')).toBe(2)
    expect(doors.connections).toBe(2)
  })

  test('close a socket that is not wanted any more', async () => {
    const { doors, made } = makeDoors()
    let isClosed = false
    const handle = {
      close: () => {
        isClosed = true
      },
    }
    doors.keep([])
    await doors.open('internet', { handle })
    expect(isClosed).toBe(true)
    expect(made).toEqual([])
  })

  test('are not joined by another once they drain', async () => {
    const { doors, made } = makeDoors()
    doors.keep(['internet'])
    await doors.drain()
    doors.keep(['internet', 'vpc'])
    await doors.open('vpc', at(2))
    expect(made).toEqual([])
  })

  test('know the running snapshot, also those that came after it and those that are leaving', async () => {
    const { doors, last } = makeDoors()
    doors.keep(['internet', 'vpc'])
    await doors.open('internet', at(1))
    doors.configure({} as never)
    await doors.open('vpc', at(2))
    doors.keep(['vpc'])
    doors.configure({} as never)
    expect(last('internet').configured).toBe(2)
    expect(last('vpc').configured).toBe(2)
  })

  test('say which one did not open, and why', async () => {
    const { doors, changes, last } = makeDoors({ failing: 'vpc' })
    const complete = doors.whenComplete()
    doors.keep(['internet', 'vpc'])
    await doors.open('internet', at(1))
    const failed = expect(complete).rejects.toThrow('EADDRINUSE')
    await doors.open('vpc', at(2))
    await failed
    expect(changes).toMatchObject([null, { door: 'vpc', cause: new Error('EADDRINUSE') }])
    expect([...doors.ports.keys()]).toEqual(['internet'])
    expect(last('vpc').isDraining).toBe(true)
  })

  test('are complete without one of layer 4 that cannot be had, until it can', async () => {
    const { doors, changes } = makeDoors({ failing: 'nlb-9000' })
    doors.keep(['internet', 'nlb-9000'])
    const complete = doors.whenComplete()
    await doors.open('nlb-9000', at(9000))
    await doors.open('internet', at(1))
    await complete
    expect(changes).toMatchObject([{ door: 'nlb-9000' }, null])
    expect([...doors.ports.keys()]).toEqual(['internet'])
  })

  test('do not lose a new one to the failure of the one before', async () => {
    const { doors, last } = makeDoors()
    doors.keep(['internet'])
    const before = doors.open('internet', at(1))
    last('internet').openFails()
    await doors.open('internet', at(2))
    await before
    expect(doors.ports.get('internet')).toBe(2)
  })
})
