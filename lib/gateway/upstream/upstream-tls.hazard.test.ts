import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { failureReason } from '@/lib/gateway/runtime/health/failure-reason.ts'
import { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import type { UpstreamTls } from '@/lib/snapshot/upstream-service-snapshot.ts'

const authority = new TestAuthority()
const leaf = authority.issue({ names: ['model.internal'] })
const client = authority.issue({ names: ['gateway.internal'] })
const stranger = new TestAuthority()
const foreign = stranger.issue({ names: ['gateway.internal'] })
const pools = new UpstreamPools()
const servers: Server[] = []
const dial = { egress: { denyCidrs: [], allowCidrs: [] }, connectTimeoutMs: 2_000, address: '127.0.0.1' }
const trust: UpstreamTls = { serverName: null, ca: authority.root.cert, client: null }
let port = 0
let mutualPort = 0

beforeAll(async () => {
  port = await serve(false)
  mutualPort = await serve(true)
})

afterAll(async () => {
  await pools.destroy()
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  authority.close()
  stranger.close()
})

async function serve(requestCert: boolean): Promise<number> {
  const server = createServer(
    {
      cert: authority.chain(leaf),
      key: leaf.key,
      ...(requestCert && { requestCert, rejectUnauthorized: true, ca: authority.root.cert }),
    },
    (request, response) => {
      const { servername } = request.socket as TLSSocket & { servername: string | false }
      response.end(`${request.headers.host} ${servername}`)
    },
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** What the server saw, or why there was no answer. */
function ask(origin: string, tls: UpstreamTls | null): Promise<string> {
  const { pool, release } = pools.acquire(origin, { ...dial, tls })
  return new Promise<string>((resolve) => {
    let body = ''
    pool.http1.dispatch(
      {
        method: 'GET',
        path: '/',
        headers: [],
        body: null,
        contentLength: null,
        isUpgrade: false,
        bodyTimeoutMs: 2_000,
        trailers: null,
      },
      {
        onConnect: () => {},
        onHeaders: () => {},
        onData: (chunk) => {
          body += chunk.toString()
          return true
        },
        onComplete: () => resolve(body),
        onUpgrade: () => resolve('upgraded'),
        onError: (error) => resolve(failureReason(error, error.message)),
      },
    )
  }).finally(release)
}

test('The address is dialled while Host and SNI are the name, and the authority is the given one alone', async () => {
  const origin = `https://model.internal:${port}`
  expect(await ask(origin, trust)).toBe(`model.internal:${port} model.internal`)
  expect(await ask(origin, null)).toMatch(/^Certificate (chain )?is (not trusted|self-signed)$/)
  expect(await ask(origin, { ...trust, ca: stranger.root.cert })).toMatch(
    /^Certificate (chain )?is (not trusted|self-signed)$/,
  )
})

test('The server name replaces the name in SNI and in the check of the certificate', async () => {
  const origin = `https://127.0.0.1:${port}`
  expect(await ask(origin, { ...trust, serverName: 'model.internal' })).toBe(
    `127.0.0.1:${port} model.internal`,
  )
  expect(await ask(origin, trust)).toBe('Certificate is for another name')
  expect(await ask(origin, { ...trust, serverName: 'other.internal' })).toBe(
    'Certificate is for another name',
  )
})

test('Mutual TLS shows the client certificate, and its lack or a foreign one is told apart', async () => {
  const origin = `https://model.internal:${mutualPort}`
  const shown = { chain: authority.chain(client), key: client.key }
  expect(await ask(origin, { ...trust, client: shown })).toBe(`model.internal:${mutualPort} model.internal`)
  expect(await ask(origin, trust)).toBe('A client certificate is required')
  const other = { chain: stranger.chain(foreign), key: foreign.key }
  expect(await ask(origin, { ...trust, client: other })).toMatch(/^(Connection|Client certificate) /)
})

test('Pools differ by address and TLS settings, are shared otherwise, and a key that does not match is refused at once', () => {
  const shared = new UpstreamPools()
  const origin = 'https://model.internal'
  const first = shared.acquire(origin, { ...dial, tls: trust })
  expect(shared.acquire(origin, { ...dial, tls: { ...trust } }).pool).toBe(first.pool)
  expect(shared.acquire(origin, { ...dial, tls: null }).pool).not.toBe(first.pool)
  expect(shared.acquire(origin, { ...dial, tls: trust, address: '127.0.0.2' }).pool).not.toBe(first.pool)
  const mismatched = { chain: client.cert, key: foreign.key }
  expect(() => shared.acquire(origin, { ...dial, tls: { ...trust, client: mismatched } })).toThrow(
    'cannot be read',
  )
})
