import { createSecureServer } from 'node:http2'
import { afterEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('Over HTTP/2, an instance cannot be reached', () => {
  const codeOf = async (url: string, change: Partial<Parameters<typeof makeSnapshot>[0]> = {}) => {
    const gateway = await startGateway(
      makeSnapshot({
        services: [makeService({ upstreamHttp: '2', instances: [makeInstance(url)] })],
        limits: { upstreamConnectMs: 300 },
        ...change,
      }),
    )
    closers.push(gateway.close)
    const answer = await fetch(`${gateway.url}/api/predict/demo/x`, {
      method: 'POST',
      headers: { authorization: testToken },
      body: '{}',
    })
    const { error } = (await answer.json()) as { error: { code: string } }
    return [answer.status, error.code, answer.headers.get('x-switchyard-error-source')]
  }

  test('when it speaks HTTP/1.1 only', async () => {
    const upstream = await startUpstream((_request, response) => void response.end('no'))
    closers.push(upstream.close)
    expect(await codeOf(upstream.url)).toEqual([502, 'upstream_bad_answer', 'upstream'])
    expect(upstream.requests).toEqual([])
  })

  test('when nothing listens', async () => {
    expect(await codeOf('http://127.0.0.1:1')).toEqual([503, 'upstream_unreachable', 'upstream'])
  })

  test('when its address may not be dialled', async () => {
    const upstream = await startHttp2Upstream(() => {})
    closers.push(upstream.close)
    const egress = { denyCidrs: ['127.0.0.0/8'], allowCidrs: [] }
    expect(await codeOf(upstream.url, { egress })).toEqual([502, 'egress_denied', 'gateway'])
    expect(upstream.sessions).toEqual([])
  })

  test('when its certificate is not trusted', async () => {
    const server = createSecureServer(makeCertificate(), (_request, response) => response.end('no'))
    server.on('sessionError', () => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => void server.close())
    const { port } = server.address() as { port: number }
    expect(await codeOf(`https://localhost:${port}`)).toEqual([503, 'upstream_unreachable', 'upstream'])
  })
})
