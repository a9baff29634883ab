import { createServer as createTlsServer } from 'node:https'
import { afterEach, describe, expect, test } from 'vitest'
import { createProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { GatewayError } from '@/lib/gateway/error.ts'
import { explainError } from '@/lib/gateway/probe/explain-error.ts'
import type { ProbeInput } from '@/lib/gateway/probe/probe-result.ts'
import { createServiceProbe } from '@/lib/gateway/service-probe.ts'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { makeProviderService } from '@/lib/gateway/testing/make-snapshot.ts'
import { type ProviderScript, startProvider } from '@/lib/gateway/testing/model-stand.ts'
import { providerCases, type StandCase, upstreamOf } from '@/lib/gateway/testing/provider-stand.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type { ProviderUpstream, UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

const closers: Array<() => Promise<unknown>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const input: ProbeInput = {
  model: 'qwen3-8b',
  prompt: 'Say hello.',
  stream: false,
  path: null,
  keyId: null,
}

function probe() {
  const egress = { denyCidrs: ['169.254.0.0/16'], allowCidrs: [] }
  const created = createServiceProbe({ logger: createLogger('test', 'silent'), egress })
  closers.push(() => created.close())
  return created
}

const tried = (service: UpstreamServiceSnapshot, changes: Partial<ProbeInput> = {}) =>
  probe().test(service, { ...input, ...changes }, 'req-probe')

async function stand({ fake, service }: StandCase, key = service.key) {
  const server = await createProviderServer(fake, { keys: [service.key] })
  closers.push(server.close)
  return { server, service: upstreamOf(fake.id, { ...service, key }, server.url) }
}

const cases = await providerCases()
const plainCase = cases.find(({ name }) => name.startsWith('openai-compatible')) as StandCase

describe.each(cases)('A test of $name', (one) => {
  const { model, wrongKey } = one.service

  test.each([false, true])('says what came back (streamed: %s)', async (stream) => {
    const { service } = await stand(one)
    const result = await tried(service, { model, stream })
    expect(result).toMatchObject({
      ok: true,
      status: 200,
      message: null,
      errorSource: null,
      requestId: 'req-probe',
      text: expect.stringContaining('Say hello.'),
    })
    expect(result.url).not.toContain('?')
    expect(result.firstTokenMs !== null).toBe(stream)
  })

  test('explains a wrong key, and shows nothing of it', async () => {
    const { service } = await stand(one, wrongKey)
    const result = await tried(service, { model })
    expect(result).toMatchObject({ ok: false, errorSource: 'upstream' })
    expect(result.status).not.toBe(502)
    expect(result.message).toMatch(/key|credential|token/i)
    expect(JSON.stringify(result)).not.toContain(wrongKey)
  })

  test('finds its models, or says that they are written by hand', async () => {
    const { service } = await stand(one)
    const listed = await probe().models(service)
    if (listed.models.length > 0) {
      expect(listed).toEqual({ models: expect.arrayContaining([model]), message: null })
    } else expect(listed.message).toMatch(/cannot be asked|lists no models/)
  })
})

describe('A test of a service', () => {
  test('counts tokens and names the model that answered', async () => {
    const { service } = await stand(plainCase)
    expect(await tried(service)).toMatchObject({
      modelAsked: 'qwen3-8b',
      modelAnswered: 'qwen3-8b',
      usage: { input: expect.any(Number), output: expect.any(Number) },
    })
  })

  test('shows the status of the provider, not the one that a caller is told', async () => {
    const { service } = await stand(plainCase, plainCase.service.wrongKey)
    const result = await tried(service)
    expect(result).toMatchObject({ ok: false, status: 401 })
    const [first, ...others] = result.message?.split('\n') ?? []
    expect(first).toBe('The provider refused the API key of the service (401).')
    expect(others[0]).toMatch(/^It says: \S/)
  })

  test('tries the one key that it is told to', async () => {
    const { key, wrongKey } = plainCase.service
    const { service } = await stand(plainCase)
    const upstream = service.upstream as ProviderUpstream
    const keys = [
      { id: 'key_wrong', value: wrongKey },
      { id: 'key_good', value: key },
    ]
    const twoKeys = { ...service, upstream: { ...upstream, keys } }
    expect((await tried(twoKeys)).ok).toBe(true)
    expect((await tried(twoKeys, { keyId: 'key_wrong' })).ok).toBe(false)
    expect((await tried(twoKeys, { keyId: 'key_good' })).ok).toBe(true)
  })

  test('explains a model that is not there', async () => {
    const { service } = await stand(plainCase)
    const result = await tried(service, { model: 'gone' })
    expect(result).toMatchObject({ ok: false, status: 404, text: '' })
    expect(result.message).toContain('gone')
  })
})

describe('What stands in the way is explained', () => {
  const of = (baseUrl: string, upstream: Partial<ProviderUpstream> = {}) =>
    tried(makeProviderService(baseUrl, upstream))

  test('a page of HTML', async () => {
    const html: ProviderScript = (_call, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><p>Log in</p>')
    }
    const provider = await startProvider(html)
    closers.push(provider.close)
    const result = await of(`${provider.url}/v1`)
    expect(result.ok).toBe(false)
    expect(result.message).toBe(
      'The service answered with an HTML page (200) instead of JSON. Its base URL may be wrong.',
    )
  })

  test('nobody there, and a name that is none', async () => {
    const provider = await startProvider(() => {})
    await provider.close()
    expect((await of(`${provider.url}/v1`)).message).toContain('The connection was refused')
    const notFound = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    const error = new GatewayError('upstream_unreachable', 'x', { cause: notFound })
    expect(explainError(error)).toContain('not found in DNS')
  })

  test('an address that may not be dialled', async () => {
    expect((await of('http://169.254.169.254/v1')).message).toContain('egress policy')
  })

  test('a certificate of its own', async () => {
    const { key, cert } = makeCertificate()
    const server = createTlsServer({ key, cert }, (_request, response) => void response.end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(async () => server.close())
    const { port } = server.address() as { port: number }
    const result = await of(`https://localhost:${port}/v1`)
    expect(result.message).toMatch(/^The certificate is self-signed\. Give its CA .*NODE_EXTRA_CA_CERTS/)
    const tls = { serverName: null, ca: cert, client: null }
    expect((await of(`https://localhost:${port}/v1`, { tls })).message).not.toContain('certificate')
  })

  test('settings that cannot work', async () => {
    const result = await of('http://127.0.0.1:1/v1', { provider: 'nobody' })
    expect(result).toMatchObject({ ok: false, status: null })
    expect(result.message).toContain('nobody')
  })
})

describe('Addresses', () => {
  const fixed = (port: number): UpstreamServiceSnapshot => ({
    id: 'svc_fixed',
    name: 'fixed',
    workspaceId: 'ws',
    requestTimeoutMs: 5_000,
    upstream: {
      kind: 'addresses',
      discovery: { type: 'fixed', addresses: [{ host: '127.0.0.1', port, weight: 1 }] },
      tls: null,
      balancing: { strategy: 'round-robin' },
      healthCheck: null,
      passiveHealth: null,
    },
  })

  test('are asked for a path, or for a chat in the protocol of OpenAI', async () => {
    const provider = await startProvider((call, response) => {
      if (call.url === '/health') response.end('fine')
      else response.writeHead(404).end('nothing')
    })
    closers.push(provider.close)
    const port = Number(new URL(provider.url).port)
    expect(await tried(fixed(port), { path: '/health' })).toMatchObject({
      ok: true,
      status: 200,
      text: 'fine',
    })
    expect(await tried(fixed(port), { path: '/x' })).toMatchObject({ ok: false, status: 404 })
    const chat = await tried(fixed(port))
    expect(chat).toMatchObject({ ok: false, status: 404 })
    expect(provider.calls.at(-1)?.url).toBe('/v1/chat/completions')
  })
})

test('A list of models is explained where the key is wrong', async () => {
  const { service } = await stand(plainCase, plainCase.service.wrongKey)
  const listed = await probe().models(service)
  expect(listed.models).toEqual([])
  expect(listed.message).toContain('refused the API key (401)')
})
