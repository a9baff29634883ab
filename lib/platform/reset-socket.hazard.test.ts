import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { resetSocket } from './reset-socket.ts'

const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
const callers: Socket[] = []
afterEach(() => {
  for (const caller of callers.splice(0)) caller.destroy()
})

async function accept(): Promise<{ accepted: Socket; caller: Socket }> {
  if (!server.listening) await once(server, 'listening')
  const caller = connect((server.address() as AddressInfo).port, '127.0.0.1')
  callers.push(caller)
  const [accepted] = (await once(server, 'connection')) as [Socket]
  return { accepted, caller }
}

test('a connection breaks with a reset, and is gone', async () => {
  const { accepted, caller } = await accept()
  const broken = once(caller, 'error')
  resetSocket(accepted)
  await once(accepted, 'close')
  expect(await broken).toMatchObject([{ code: 'ECONNRESET' }])
})

test('one that is being ended is gone as well', async () => {
  const { accepted } = await accept()
  accepted.end('the last words')
  resetSocket(accepted)
  await once(accepted, 'close')
  expect(accepted.destroyed).toBe(true)
})
