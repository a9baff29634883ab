import { afterEach, describe, expect, test } from 'vitest'
import { callFrom } from '@/lib/gateway/testing/call-from.ts'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { InferenceServiceSnapshot, SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []
let revision = 0

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function allow(cidr: string, ports: [number, number] = [1, 65_535]): SecurityRuleSnapshot {
  return { direction: 'inbound', portFrom: ports[0], portTo: ports[1], cidr, action: 'allow' }
}

const goForm = '/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/demo'
const pythonForm = '/api/v1/servicediscovery/upstreams/demo'

function snapshotOf(
  service: Partial<InferenceServiceSnapshot> = {},
  securityRules = [allow('127.0.0.2/32')],
  isDirect = true,
) {
  revision += 1
  return makeSnapshot({
    revision,
    services: [
      makeService({
        instances: [
          makeInstance('http://10.0.0.1:8000/base', { id: 'one', weight: 3 }),
          makeInstance('http://10.0.0.2', { id: 'two' }),
          makeInstance('http://10.0.0.3:8000', { id: 'off', weight: 0 }),
        ],
        direct: { securityRules, discovery: isDirect, nlb: [], nacos: [] },
        ...service,
      }),
    ],
  })
}

async function start(snapshot = snapshotOf()) {
  const gateway = await startGateway(snapshot)
  closers.push(gateway.close)
  const list = async (from = '127.0.0.2', path = goForm, headers: Record<string, string> = {}) =>
    callFrom(from, gateway.vpcPort, path, { headers })
  const addresses = async (from?: string) => {
    const { body } = await list(from)
    return JSON.parse(body).endpoints.items.map(
      ({ ip, port }: { ip: string; port: number }) => `${ip}:${port}`,
    )
  }
  return { gateway, list, addresses }
}

const items = [
  { app: 'demo', ip: '10.0.0.1', port: 8000, weight: 3 },
  { app: 'demo', ip: '10.0.0.2', port: 80, weight: 1 },
]

describe('Instances are listed', () => {
  test.each([
    goForm,
    `${goForm}?internal=true`,
    `${goForm}?internal=false`,
    `${goForm}/`,
    pythonForm,
    `${pythonForm}?internal=true`,
    `${pythonForm}/v1/chat?internal=true`,
    `/${pythonForm}`,
  ])('for %s', async (path) => {
    const { list } = await start()
    const answer = await list('127.0.0.2', path)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(answer.body)).toEqual({ endpoints: { items } })
  })

  test('over HTTP/2, with a name of the gateway or of an owner', async () => {
    const { gateway } = await start(snapshotOf({}, [allow('127.0.0.0/8')]))
    const session = await openHttp2(`http://127.0.0.1:${gateway.vpcPort}`)
    closers.push(() => session.destroy())
    for (const name of ['vpc.gateway.test', 'ml.example.com', '127.0.0.1']) {
      const { body } = await ask(session, { ':path': pythonForm, ':authority': name })
      expect(JSON.parse(body)).toEqual({ endpoints: { items } })
    }
  })

  test('again only when the list has changed', async () => {
    const { list, gateway } = await start()
    const { headers } = await list()
    const etag = String(headers.etag)
    const same = await list('127.0.0.2', goForm, { 'if-none-match': `"other", W/${etag}` })
    expect([same.status, same.body, same.headers.etag]).toEqual([304, '', etag])
    gateway.apply(snapshotOf({ instances: [makeInstance('http://10.0.0.9:8000')] }))
    const changed = await list('127.0.0.2', goForm, { 'if-none-match': etag })
    expect([changed.status, changed.headers.etag === etag]).toEqual([200, false])
  })

  test('only those that are ready', async () => {
    const { gateway, addresses } = await start()
    const service = gateway.engine.runtimes.current?.services[0]
    const state = service?.instances[0]?.state
    if (service === undefined || state === undefined) throw new Error('No instance.')
    state.health = { state: 'unready', reason: 'Answered 500', since: 0, checkedAt: 0 }
    service.fleet.checked(state, 'unknown')
    expect(await addresses()).toEqual(['10.0.0.2:80'])
    gateway.apply(snapshotOf({ running: false }))
    expect(await addresses()).toEqual([])
  })

  test('by address; names without one are left out', async () => {
    const instances = ['http://localhost:8000', 'http://nowhere.invalid:8000', 'http://[2001:db8::1]:8000']
    const { addresses } = await start(snapshotOf({ instances: instances.map((url) => makeInstance(url)) }))
    const listed = await addresses()
    expect(listed[0]).toMatch(/^(127\.0\.0\.1|\[::1\]):8000$/)
    expect(listed.slice(1)).toEqual(['[2001:db8::1]:8000'])
  })
})

describe('Nothing is listed', () => {
  test('to callers that the security group does not let in, who hear what to do', async () => {
    const { list } = await start()
    for (const path of [goForm, pythonForm]) {
      const { status, body } = await list('127.0.0.3', path)
      expect(status).toBe(403)
      expect(JSON.parse(body).error).toMatchObject({ code: 'security_group_denied' })
      expect(JSON.parse(body).error.message).toContain(
        '127.0.0.3 in. Add an inbound rule for it at port 8000, 80',
      )
      expect(body).not.toContain('10.0.0')
    }
  })

  test('at ports that are closed to the caller', async () => {
    const { addresses, gateway, list } = await start(snapshotOf({}, [allow('127.0.0.0/8', [80, 80])]))
    expect(await addresses()).toEqual(['10.0.0.2:80'])
    gateway.apply(snapshotOf({}, []))
    expect((await list()).status).toBe(403)
  })

  test('of services without VPC direct connection, or unknown ones', async () => {
    const { list, gateway } = await start(snapshotOf({}, [allow('0.0.0.0/0')], false))
    const { status, body } = await list()
    expect(status).toBe(404)
    expect(JSON.parse(body).error.message).toContain('Switch on VPC direct connection')
    gateway.apply(snapshotOf({ name: 'renamed' }))
    expect((await list()).status).toBe(404)
  })

  test('on the Internet side', async () => {
    const { gateway } = await start(snapshotOf({}, [allow('0.0.0.0/0')]))
    for (const path of [goForm, pythonForm]) {
      const answer = await callFrom('127.0.0.2', gateway.port, path)
      expect(answer.status).toBe(404)
      expect(JSON.parse(answer.body).error.message).toContain('Nothing is served at this path')
    }
  })

  test('with other methods, or under the own name of a service', async () => {
    const { gateway } = await start()
    const posted = await callFrom('127.0.0.2', gateway.vpcPort, goForm, { method: 'POST' })
    expect(posted.status).toBe(405)
    const headers = { host: 'demo.vpc.gateway.test' }
    const own = await callFrom('127.0.0.2', gateway.vpcPort, goForm, { headers })
    expect(JSON.parse(own.body).error.code).toBe('credential_missing')
  })

  test("to callers outside the gateway's lists", async () => {
    const snapshot = snapshotOf({}, [allow('127.0.0.0/8')])
    const { list } = await start({ ...snapshot, access: { internet: null, vpc: ['127.0.0.2/32'] } })
    expect((await list('127.0.0.2')).status).toBe(200)
    const refused = await list('127.0.0.3')
    expect(JSON.parse(refused.body).error.code).toBe('address_not_allowed')
  })
})
