import { describe, expect, test } from 'vitest'
import * as embedded from '@/app/api/gateway/[...path]/route.ts'
import * as events from '@/app/api/v1/workspaces/[workspace]/events/route.ts'
import * as services from '@/app/api/v1/workspaces/[workspace]/inference-services/route.ts'
import * as workspaces from '@/app/api/v1/workspaces/route.ts'
import * as metrics from '@/app/metrics/route.ts'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import {
  bootstrapToken,
  call,
  closeTestConsoles,
  startTestConsole,
} from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as health from './route.ts'

const params = { workspace: 'acme' }
const service = { name: 'qwen_7b', instances: [{ url: 'http://127.0.0.1:9' }], healthCheck: null }

describeOnBothDatabases('the doors beside the API', (open) => {
  closeTestConsoles()

  async function start() {
    const console_ = await startTestConsole(await open())
    await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
    return console_
  }

  describe('events', () => {
    test('tell an open page what changed, uncompressed, and end with the console', async () => {
      await start()
      const request = new Request('http://localhost:3000/', {
        headers: { authorization: `Bearer ${bootstrapToken}` },
      })
      const response = await events.GET(request, { params: Promise.resolve(params) })
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      expect((await reader?.read())?.value).toBe(': open\n\n')
      const { json } = await call(services.POST, 'POST', { params, body: service })
      const data = JSON.stringify({ kind: 'inference-service', id: json.id, version: 1 })
      expect((await reader?.read())?.value).toBe(`event: change\ndata: ${data}\n\n`)
      const { __switchyardShutdown } = globalThis as { __switchyardShutdown?: Set<() => void> }
      for (const hook of [...(__switchyardShutdown ?? [])]) await hook()
      expect((await reader?.read())?.done).toBe(true)
    })

    test('are for members only', async () => {
      await start()
      const answer = await call(events.GET, 'GET', { params, token: null })
      expect(answer.status).toBe(401)
    })
  })

  describe('health', () => {
    test('says what is missing until the first node serves', async () => {
      const { clock } = await start()
      const waiting = await health.GET()
      expect(waiting.status).toBe(503)
      expect(await waiting.json()).toMatchObject({ missing: ['gateway-node'] })
      await reportNode(clock.now())
      expect((await health.GET()).status).toBe(200)
      clock.advance(60_000)
      expect((await health.GET()).status).toBe(503)
    })
  })

  describe('metrics', () => {
    test('are for this machine and for tokens of the installation', async () => {
      await start()
      const ask = (headers: Record<string, string>) =>
        metrics.GET(new Request('http://localhost:3000/metrics', { headers }))
      expect((await ask({ 'x-forwarded-for': '203.0.113.7' })).status).toBe(401)
      const authorization = `Bearer ${bootstrapToken}`
      expect((await ask({ 'x-forwarded-for': '203.0.113.7', authorization })).status).toBe(200)
      const local = await ask({ 'x-forwarded-for': '127.0.0.1' })
      expect(await local.text()).toContain('switchyard_gateway_nodes 0')
    })
  })

  describe('the embedded door', () => {
    test('serves the newest snapshot and takes the token of the service, not a session', async () => {
      await start()
      await call(services.POST, 'POST', { params, body: service })
      const ask = (path: string) =>
        embedded.POST(
          new Request(`http://localhost:3000/api/gateway/api/predict/${path}`, {
            method: 'POST',
            body: '{}',
            headers: { authorization: bootstrapToken, 'x-forwarded-for': '203.0.113.7' },
          }),
        )
      await expect.poll(async () => (await ask('qwen_7b/')).status).toBe(401)
      expect((await ask('unknown/')).status).toBe(404)
    })
  })
})
