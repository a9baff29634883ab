import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { accessTo, fails, http, KubernetesStand, tells } from '@/lib/discovery/testing/kubernetes-stand.ts'
import { startAnswering } from '@/lib/discovery/testing/start-answering.ts'

const stand = new KubernetesStand()
afterEach(() => stand.close())

describe('a credential', () => {
  test('that may not list is told which right lacks', async () => {
    const may = new Set(['get services'])
    const server = await stand.startServer({
      users: [{ name: 'system:serviceaccount:a:b', token: 't', may }],
    })
    const followed = stand.watch(accessTo(server, { credential: { type: 'token', token: 't' } }))
    await fails(
      followed,
      /may not list endpointslices in namespace default \(403\)\. Grant get, list and watch/,
    )
    const other = stand.watch(accessTo(server, { credential: { type: 'token', token: 'wrong' } }))
    await fails(other, /does not accept the credential \(401\)/)
  })

  test('may do without services: then the port of the slices counts', async () => {
    const may = new Set(['list endpointslices', 'watch endpointslices'])
    const basic = { username: 'u', password: 'p:w' }
    const server = await stand.startServer({ users: [{ name: 'u', basic, may }] })
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const access = accessTo(server, { credential: { type: 'basic', ...basic } })
    await tells(stand.watch(access, { port: '8000' }), '10.0.0.1:8000')
  })

  test('of a pod is read again for each request, so that a rotated token holds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-pod-'))
    stand.onClose(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'token'), 'first\n')
    await writeFile(join(folder, 'ca.crt'), '')
    const server = await stand.startServer({ users: [{ name: 'pod', token: 'first', may: '*' }] })
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = stand.watch(
      { kind: 'in-cluster', sourceId: 'src_1' },
      {},
      { podFiles: { folder, url: server.url }, windowSeconds: 1 },
    )
    await tells(followed, '10.0.0.1:8000')
    server.users = [{ name: 'pod', token: 'second', may: '*' }]
    await writeFile(join(folder, 'token'), 'second\n')
    server.cutConnections()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.2' }])
    await tells(followed, '10.0.0.2:8000')
  })
})

describe('TLS to an API server', () => {
  test('trusts its own authority alone, and shows a client certificate', async () => {
    const authority = new TestAuthority()
    stand.onClose(() => authority.close())
    const server = authority.issue({ names: ['kubernetes'] })
    const client = authority.issue({ names: ['gateway'] })
    const tls = { cert: authority.chain(server), key: server.key, clientCa: authority.root.cert }
    const users = [{ name: 'gateway', commonName: 'gateway', may: '*' }] as const
    const cluster = await stand.startServer({ tls, users })
    cluster.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const certificate = {
      type: 'certificate',
      certificate: authority.chain(client),
      key: client.key,
    } as const
    const trusted = { ca: authority.root.cert, serverName: 'kubernetes', credential: certificate }
    await tells(stand.watch(accessTo(cluster, trusted)), '10.0.0.1:8000')
    await fails(
      stand.watch(accessTo(cluster, { ...trusted, ca: null })),
      /not from a trusted authority\. Give its CA/,
    )
    await fails(stand.watch(accessTo(cluster, { ...trusted, serverName: 'other' })), /is for another name/)
  })

  test('is not begun with an address that the egress policy forbids', async () => {
    const server = await stand.startServer()
    const followed = stand.watch(accessTo(server), {}, {}, () => false)
    await fails(followed, /egress policy forbids the address of the API server/)
    expect(server.calls).toEqual([])
  })
})

test.each([
  ['HTML', '<html></html>', /something that is not JSON/],
  ['another JSON', '{"ok":true}', /answers no service of Kubernetes/],
])('an address that answers %s is told apart from an API server', async (_what, body, reason) => {
  const { url, close } = await startAnswering(200, body)
  stand.onClose(close)
  await fails(stand.watch(accessTo({ url })), reason)
})
