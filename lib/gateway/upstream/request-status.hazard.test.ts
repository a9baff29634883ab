import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { createGuardedConnector, EgressGuard } from '@/lib/gateway/upstream/egress-guard.ts'
import { Http1Upstream } from '@/lib/gateway/upstream/http1/http1-upstream.ts'
import { ScriptedInstance } from '@/lib/gateway/upstream/http1/testing/scripted-instance.ts'
import { requestStatus } from './request-status.ts'

let instance: ScriptedInstance
let upstream: Http1Upstream

beforeEach(async () => {
  instance = new ScriptedInstance()
  const guard = new EgressGuard({ denyCidrs: [], allowCidrs: [] })
  upstream = new Http1Upstream(await instance.open(), createGuardedConnector(guard, 1_000))
})
afterEach(async () => {
  await upstream.destroy()
  instance.close()
})

describe('requestStatus', () => {
  const request = { path: '/health', headers: ['accept', '*/*'] }

  test('tells the status', async () => {
    instance.answerWith('HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno')
    expect(await requestStatus(upstream, request, new AbortController().signal)).toBe(503)
  })

  test('stops when told to', async () => {
    const stopped = new AbortController()
    const status = requestStatus(upstream, request, stopped.signal)
    await until(() => instance.received !== '', 'the request has arrived')
    stopped.abort(new Error('Stopped.'))
    await expect(status).rejects.toThrow('Stopped.')
  })

  test('does not read a page without end', async () => {
    instance.answerWith(`HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n${'x'.repeat(100_000)}`)
    expect(await requestStatus(upstream, request, new AbortController().signal)).toBe(200)
  })
})
