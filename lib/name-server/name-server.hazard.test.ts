import { Resolver } from 'node:dns/promises'
import { connect } from 'node:net'
import { decode, encode, streamEncode } from 'dns-packet'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NameServer } from './name-server.ts'

let server: NameServer
let port: number

beforeEach(async () => {
  server = new NameServer('127.0.0.1')
  port = await server.open({ bind: '127.0.0.1', port: 0 })
  server.serve([
    { name: 'gw-edge-vpc.test', gatewayId: 'gw_1', addresses: ['10.0.0.7'], allow: ['127.0.0.1/32'] },
  ])
})
afterEach(() => server.close())

function resolver(): Resolver {
  const made = new Resolver({ timeout: 2_000, tries: 1 })
  made.setServers([`127.0.0.1:${port}`])
  return made
}

test("answers the system's own resolver, and follows new zones at once", async () => {
  expect(await resolver().resolve4('svc.gw-edge-vpc.test')).toEqual(['10.0.0.7'])
  server.serve([
    { name: 'gw-edge-vpc.test', gatewayId: 'gw_1', addresses: ['10.0.0.9'], allow: ['127.0.0.0/8'] },
  ])
  expect(await resolver().resolve4('gw-edge-vpc.test')).toEqual(['10.0.0.9'])
  server.serve([])
  await expect(resolver().resolve4('gw-edge-vpc.test')).rejects.toMatchObject({ code: 'EREFUSED' })
})

test('refuses a caller at another address of this machine', async () => {
  const asking = resolver()
  asking.setLocalAddress('127.0.0.2')
  await expect(asking.resolve4('gw-edge-vpc.test')).rejects.toMatchObject({ code: 'EREFUSED' })
})

test('answers several questions of one TCP connection, cut anywhere', async () => {
  const question = { name: 'gw-edge-vpc.test', type: 'A', class: 'IN' } as const
  const messages = [1, 2, 3].map((id) => streamEncode({ type: 'query', id, questions: [question] }))
  const bytes = Buffer.concat(messages)
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  const received = new Promise<Buffer>((resolve, reject) => {
    let all = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      all = Buffer.concat([all, chunk])
      if (idsOf(all).length === 3) resolve(all)
    })
  })
  for (const byte of bytes) socket.write(Buffer.of(byte))
  expect(idsOf(await received)).toEqual([1, 2, 3])
  socket.destroy()
})

test('closes a connection that sends an answer', async () => {
  const socket = connect({ host: '127.0.0.1', port })
  const message = encode({ type: 'response', id: 9 })
  const framed = Buffer.concat([Buffer.of(0, message.length), message])
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve())
    socket.write(framed)
  })
})

function idsOf(bytes: Buffer): number[] {
  const ids: number[] = []
  let rest = bytes
  while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
    const length = rest.readUInt16BE(0)
    ids.push(decode(rest.subarray(2, 2 + length)).id ?? -1)
    rest = rest.subarray(2 + length)
  }
  return ids
}
