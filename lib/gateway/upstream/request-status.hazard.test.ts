import { describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { standForEachTest } from '@/lib/gateway/upstream/http1/testing/upstream-stand.ts'
import { requestStatus } from './request-status.ts'

const stand = standForEachTest()

describe('requestStatus', () => {
  const request = { path: '/health', headers: ['accept', '*/*'] }

  test('tells the status', async () => {
    stand.instance.answerWith('HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno')
    expect(await requestStatus(stand.upstream, request, new AbortController().signal)).toBe(503)
  })

  test('stops when told to', async () => {
    const stopped = new AbortController()
    const status = requestStatus(stand.upstream, request, stopped.signal)
    await until(() => stand.instance.received !== '', 'the request has arrived')
    stopped.abort(new Error('Stopped.'))
    await expect(status).rejects.toThrow('Stopped.')
  })

  test('does not read a page without end', async () => {
    stand.instance.answerWith(`HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n${'x'.repeat(100_000)}`)
    expect(await requestStatus(stand.upstream, request, new AbortController().signal)).toBe(200)
  })
})
