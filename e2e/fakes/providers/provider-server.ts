import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeReply,
  type ProviderFake,
  type Refusal,
  type ToldUsage,
} from './provider-fake.ts'
import type { ProviderFault } from './provider-faults.ts'
import { kindOfStatus } from './provider-faults.ts'
import { sendHeld, sendRefusal, sendReply } from './send-reply.ts'

export interface ProviderServerOptions {
  /** Default: those of the fake's services. */
  readonly keys?: readonly string[]
  /** PEM; set: the server speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string }
}

export interface RecordedCall extends FakeCall {
  /** The operation was found, the key good and the body right. */
  readonly isAnswered: boolean
  readonly usage: ToldUsage | null
}

export interface ProviderServer {
  readonly url: string
  /** What came, oldest first. */
  readonly calls: readonly RecordedCall[]
  /** The keys that are good from now on. */
  keys: readonly string[]
  /** For all calls, or by call. Null: none. */
  fault: ProviderFault | null | ((call: FakeCall) => ProviderFault | null)
  /** Lets calls that are held go on. */
  release(): void
  /** Ends open streams too. */
  close(): Promise<void>
}

/** A provider over a real socket, on a free port of the loopback interface. */
export async function createProviderServer(
  fake: ProviderFake,
  options: ProviderServerOptions = {},
): Promise<ProviderServer> {
  const calls: RecordedCall[] = []
  const held = new Set<() => void>()
  const state = {
    keys: options.keys ?? fake.services.map(({ key }) => key),
    fault: null as ProviderServer['fault'],
  }
  const listener: RequestListener = (request, response) => {
    answer(fake, { state, calls, held }, request, response).catch(() => response.destroy())
  }
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const release = () => {
    for (const goOn of held) goOn()
    held.clear()
  }
  return Object.assign(state, {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    calls,
    release,
    close: () => {
      release()
      return new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  })
}

interface Shared {
  readonly state: Pick<ProviderServer, 'keys' | 'fault'>
  readonly calls: RecordedCall[]
  readonly held: Set<() => void>
}

async function answer(
  fake: ProviderFake,
  { state, calls, held }: Shared,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = await readCall(request, state.keys)
  const operation = fake.operations.find(
    ({ method, path }) => method === read.method && path.test(read.url.pathname),
  )
  const call = { ...read, parameters: { ...operation?.path.exec(read.url.pathname)?.groups } }
  const common = typeof state.fault === 'function' || operation?.isAside === true ? null : state.fault
  const fault = typeof state.fault === 'function' ? state.fault(call) : common
  const result = await resultOf(fake, operation, call, fault)
  calls.push({
    ...call,
    isAnswered: 'reply' in result,
    usage: 'reply' in result ? result.reply.usage : null,
  })
  if (fault === 'held') await sendHeld(response, held)
  if ('reply' in result) return sendReply(response, result.reply, typeof fault === 'object' ? null : fault)
  const refuse = operation?.refuse ?? fake.refuse
  const retryAfter = typeof fault === 'object' ? fault?.retryAfterSeconds : undefined
  sendRefusal(response, refuse(result.refusal, call), retryAfter)
}

async function resultOf(
  fake: ProviderFake,
  operation: FakeOperation | undefined,
  call: FakeCall,
  fault: ProviderFault | null,
): Promise<{ reply: FakeReply } | { refusal: Refusal }> {
  try {
    if (operation === undefined) throw unknownPath(fake, call)
    if (!(await operation.isAuthorized(call))) throw new FakeRefusal('key', 'Incorrect API key provided.')
    const reply = operation.answer(call)
    if (typeof fault !== 'object' || fault === null) return { reply }
    throw new FakeRefusal(kindOfStatus[fault.status], `Refused with ${fault.status}, as was wanted.`)
  } catch (error) {
    if (error instanceof FakeRefusal) return { refusal: error.refusal }
    throw error
  }
}

function unknownPath(fake: ProviderFake, { method, url }: FakeCall): FakeRefusal {
  const isKnown = fake.operations.some(({ path }) => path.test(url.pathname))
  return isKnown
    ? new FakeRefusal('method', `Not allowed to ${method} on ${url.pathname}.`)
    : new FakeRefusal('path', `Invalid URL (${method} ${url.pathname})`)
}

async function readCall(request: IncomingMessage, keys: readonly string[]): Promise<FakeCall> {
  const target = request.url ?? '/'
  return {
    method: request.method ?? 'GET',
    target,
    url: new URL(`http://provider${target}`),
    headers: request.headers,
    body: await buffer(request),
    parameters: {},
    keys,
  }
}
