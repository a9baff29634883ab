import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { control } from './control.ts'
import { type Exchange, sendBytes, sendJson } from './exchange.ts'
import { FaultSyntaxError, type Faults, noFaults, parseFaults, splitModel } from './faults.ts'
import { RequestError } from './request-body.ts'
import { routes, sendError } from './routes.ts'
import type { RecordedRequest, ServerState } from './server-state.ts'

interface Arrival {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly record: RecordedRequest
  readonly signal: AbortSignal
}

/** Reads the request, misbehaves as asked, and answers by the table of routes. */
export async function answerRequest(state: ServerState, arrival: Arrival): Promise<void> {
  arrival.record.body = await readBody(arrival.request)
  const quiet = exchangeOf(state, arrival, noFaults)
  try {
    if (quiet.path === '/__control') return await control(state, quiet)
    if (quiet.path === '/health') return await health(state, quiet)
    const model = modelOf(quiet.body)
    const exchange = exchangeOf(state, arrival, faultsOf(state, arrival.request, model?.faults ?? {}))
    if (await misbehave(exchange)) return
    authorize(state, exchange)
    await dispatch(state, exchange, model?.model ?? null)
  } catch (error) {
    if (error instanceof RequestError) return sendError(quiet, error.status, error.message, error.param)
    if (error instanceof FaultSyntaxError) return sendError(quiet, 400, error.message, 'x-fault')
    throw error
  }
}

function exchangeOf(state: ServerState, arrival: Arrival, faults: Faults): Exchange {
  const { request, response, record, signal } = arrival
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  return { request, response, path, body: record.body, faults, paceMs: state.paceMs, signal }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function health(state: ServerState, exchange: Exchange): Promise<void> {
  await sendBytes(exchange, 'text/plain', Buffer.alloc(0), state.healthy ? 200 : 503)
}

/** The model's name is read before the body is judged, so that a fault may come with a body that is wrong too. */
function modelOf(body: Buffer): { model: string; faults: Partial<Faults> } | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value !== 'object' || value === null || !('model' in value)) return null
    return typeof value.model === 'string' ? splitModel(value.model) : null
  } catch (error) {
    if (error instanceof FaultSyntaxError) throw error
    return null
  }
}

function faultsOf(state: ServerState, request: IncomingMessage, byModel: Partial<Faults>): Faults {
  const header = request.headers['x-fault']
  return {
    ...noFaults,
    ...state.faults,
    ...byModel,
    ...(typeof header === 'string' ? parseFaults(header) : {}),
  }
}

/** True when the fault was the whole answer. */
async function misbehave(exchange: Exchange): Promise<boolean> {
  const { faults, signal } = exchange
  if (faults.hang) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    return true
  }
  if (faults.delayMs > 0) await pause(faults.delayMs, undefined, { signal })
  if (faults.status === null) return false
  await sendError(exchange, faults.status, `The caller asked for status ${faults.status}.`, null)
  return true
}

function authorize(state: ServerState, exchange: Exchange): void {
  if (state.apiKey === null) return
  const { authorization, 'x-api-key': key } = exchange.request.headers
  if (authorization === `Bearer ${state.apiKey}` || key === state.apiKey) return
  throw new RequestError(401, 'The API key is missing or wrong.')
}

async function dispatch(state: ServerState, exchange: Exchange, model: string | null): Promise<void> {
  const method = exchange.request.method ?? 'GET'
  if (method === 'GET' && exchange.path === '/v1/models') return models(state, exchange)
  const methods = routes[exchange.path]
  if (methods === undefined) return sendJson(exchange, { detail: 'Not Found' }, 404)
  const handler = methods[method]
  if (handler === undefined) return sendJson(exchange, { detail: 'Method Not Allowed' }, 405)
  if (model !== null && state.models !== null && !state.models.includes(model)) {
    throw new RequestError(404, `The model \`${model}\` does not exist.`, 'model')
  }
  await handler(exchange)
}

/** `GET /v1/models`. */
async function models(state: ServerState, exchange: Exchange): Promise<void> {
  const ids = state.models ?? ['sample-model']
  const data = ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'switchyard' }))
  await sendJson(exchange, { object: 'list', data })
}
