import { createSocket } from 'node:dgram'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { findInHosts } from './hosts-file.ts'
import { createNameResolver, reachable } from './resolve-name.ts'

const closing: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Records {
  readonly a?: ReadonlyArray<readonly [address: string, ttl: number]>
  /** In hexadecimal. */
  readonly aaaa?: readonly string[]
  /** The answer's RCODE (RFC 1035 §4.1.1), for A alone where there are AAAA records. */
  readonly code?: number
}

/** A name server of A and AAAA records; it has no others. */
async function startNameServer(zone: Readonly<Record<string, Records>>): Promise<string> {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const labels: string[] = []
    let at = 12
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('ascii', at + 1, at + 1 + length))
      at += 1 + length
    }
    const isA = query.readUInt16BE(at + 1) === 1
    const { a = [], aaaa = [], code = 0 } = zone[labels.join('.').toLowerCase()] ?? { code: 3 }
    const records = isA ? a.map(([address, ttl]) => recordOf(1, address.split('.').map(Number), ttl)) : []
    if (!isA) records.push(...aaaa.map((hex) => recordOf(28, [...Buffer.from(hex, 'hex')], 30)))
    const head = Buffer.alloc(12)
    query.copy(head, 0, 0, 2)
    head.writeUInt16BE(0x8180 | (isA || aaaa.length === 0 ? code : 0), 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(records.length, 6)
    socket.send(Buffer.concat([head, query.subarray(12, at + 5), ...records]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  closing.push(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

function recordOf(type: number, address: readonly number[], ttl: number): Buffer {
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, address.length, ...address])
  record.writeUInt32BE(ttl, 6)
  return record
}

describe('looking up a name', () => {
  test('gives all addresses and the shortest lifetime of them', async () => {
    const server = await startNameServer({
      'a.test': {
        a: [
          ['10.0.0.1', 30],
          ['10.0.0.2', 7],
        ],
      },
    })
    const resolve = createNameResolver({ servers: [server], hostsFile: '/dev/null' })
    expect(await resolve('a.test')).toEqual({ addresses: ['10.0.0.1', '10.0.0.2'], ttlSeconds: 7 })
  })

  test('tells a name that is not there from a server that fails', async () => {
    const server = await startNameServer({ 'broken.test': { code: 2 } })
    const resolve = createNameResolver({ servers: [server], hostsFile: '/dev/null' })
    await expect(resolve('gone.test')).rejects.toMatchObject({ code: 'ENOTFOUND' })
    await expect(resolve('broken.test')).rejects.toMatchObject({ code: 'ESERVFAIL' })
  })

  test('does not take the addresses of one family for all when the server fails for IPv4', async () => {
    const aaaa = ['fd000000000000000000000000000001']
    const server = await startNameServer({ 'half.test': { aaaa, code: 2 }, 'six.test': { aaaa } })
    const resolve = createNameResolver({ servers: [server], hostsFile: '/dev/null' })
    await expect(resolve('half.test')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    expect((await resolve('six.test')).addresses).toEqual(['fd00::1'])
  })

  test('looks into the hosts file first, each time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-hosts-'))
    closing.push(() => rm(folder, { recursive: true }))
    const hostsFile = join(folder, 'hosts')
    const server = await startNameServer({ 'a.test': { a: [['10.0.0.1', 30]] } })
    const resolve = createNameResolver({ servers: [server], hostsFile })
    expect((await resolve('a.test')).addresses).toEqual(['10.0.0.1'])
    await writeFile(hostsFile, '10.0.0.9 b.test a.test\n')
    expect(await resolve('a.test')).toEqual({ addresses: ['10.0.0.9'], ttlSeconds: null })
  })

  test('gives an address as it is', async () => {
    expect(await createNameResolver()('10.0.0.1')).toEqual({ addresses: ['10.0.0.1'], ttlSeconds: null })
  })
})

test('a hosts file has several addresses for a name, comments, and any case', () => {
  const text =
    '# 10.9.9.9 a\n10.0.0.1\tA.test other # 10.0.0.8 a.test\nfd00::1 a.test\nnonsense a.test\n10.0.0.1 a.test\n'
  expect(findInHosts(text, 'a.TEST.')).toEqual(['10.0.0.1', 'fd00::1'])
  expect(findInHosts(text, 'test')).toEqual([])
})

test('addresses of a family that this machine lacks are left out where others are left', () => {
  expect(reachable(['10.0.0.1', 'fd00::1'], false)).toEqual(['10.0.0.1'])
  expect(reachable(['10.0.0.1', 'fd00::1'], true)).toEqual(['10.0.0.1', 'fd00::1'])
  expect(reachable(['fd00::1'], false)).toEqual(['fd00::1'])
  expect(reachable(['127.0.0.1', '::1'], true)).toEqual(['127.0.0.1'])
})
