import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createGuardedConnector, EgressGuard } from './egress-guard.ts'

const closers: Array<() => void> = []

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const dial = (guard: EgressGuard, hostname: string, port = '9') =>
  new Promise<Error | null>((resolve) => {
    createGuardedConnector(guard, 1_000)({ hostname, protocol: 'http:', port }, (error, socket) => {
      socket?.destroy()
      resolve(error)
    })
  })

describe('The egress guard', () => {
  const guard = new EgressGuard({
    denyCidrs: ['127.0.0.0/8', '::1/128', '169.254.0.0/16'],
    allowCidrs: ['127.0.0.9'],
  })

  test('permits what is not denied, and exceptions', () => {
    expect(guard.permits('8.8.8.8')).toBe(true)
    expect(guard.permits('127.0.0.9')).toBe(true)
    expect(guard.permits('127.0.0.1')).toBe(false)
    expect(guard.permits('::ffff:169.254.169.254')).toBe(false)
  })

  test.each(['127.0.0.1', '[::1]', '::ffff:7f00:1'])('does not dial the literal %s', async (hostname) => {
    expect(await dial(guard, hostname)).toMatchObject({ code: 'EGRESS_DENIED' })
  })

  test('does not dial a name that resolves to a denied address', async () => {
    expect(await dial(guard, 'localhost')).toMatchObject({ code: 'EGRESS_DENIED' })
  })

  test('dials a name whose address is permitted', async () => {
    const server = createServer()
    closers.push(() => server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const open = new EgressGuard({ denyCidrs: ['::1/128'], allowCidrs: [] })
    expect(await dial(open, 'localhost', String(port))).toBeNull()
  })
})
