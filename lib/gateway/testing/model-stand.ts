import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import type { ProviderUpstream, UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

export interface ProviderCall {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type ProviderScript = (call: ProviderCall, response: ServerResponse) => void

/** A provider that does what a test says, and remembers what it was asked. */
export async function startProvider(script: ProviderScript) {
  const calls: ProviderCall[] = []
  const state = { script }
  const server = createServer(async (request, response) => {
    const body = (await buffer(request).catch(() => Buffer.alloc(0))).toString()
    const { method = '', url = '', headers } = request
    const call = { method, url, headers, body }
    calls.push(call)
    state.script(call, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    calls,
    server,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  })
}

export type ScriptedProvider = Awaited<ReturnType<typeof startProvider>>

export interface StandOptions {
  readonly upstream?: Partial<ProviderUpstream>
  readonly service?: Partial<UpstreamServiceSnapshot>
  readonly api?: Partial<ModelApiSnapshot>
  readonly snapshot?: Parameters<typeof makeSnapshot>[0]
}

/** One Model API at `/` that leads to one service of a provider at this base URL. */
export function modelSnapshot(baseUrl: string, options: StandOptions = {}): GatewaySnapshot {
  return makeSnapshot({
    upstreamServices: [makeProviderService(baseUrl, options.upstream, options.service)],
    modelApis: [makeModelApi(options.api)],
    ...options.snapshot,
  })
}

export function startModelGateway(baseUrl: string, options: StandOptions = {}): Promise<TestGateway> {
  return startGateway(modelSnapshot(baseUrl, options))
}

export const chatBody = { model: 'qwen3-8b', messages: [{ role: 'user', content: 'hello' }] }

/** A completion as OpenAI answers one. */
export function completion(text: string, model = 'qwen3-8b') {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
  }
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** One frame of a stream as OpenAI sends them. */
export function chunkOf(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'qwen3-8b', choices }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
}
