import { askInTurn } from '@/lib/console/ask-in-turn.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { type CreateEmbedded, type Held, holdEmbedded } from '@/lib/console/gateways/embedded-gateways.ts'
import { keepDebugCall } from '@/lib/console/requests/keep-debug-call.ts'
import { readCredential } from '@/lib/control-plane/consumer-config.ts'
import { type ModelApiDocument, modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import type { DebugInput } from '@/lib/domain/debug.ts'
import { type ConsumerRow, getConsumer } from '@/lib/persistence/consumer-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type DebugAddress, debugAddress } from './debug-address.ts'
import { type EncodedBody, encodeBody } from './debug-body.ts'
import type { DebugCall, DebugEngine } from './debug-port.ts'
import { requireModelApi } from './require-model-api.ts'

const keyPlaceholder = '$API_KEY'
const loopback = '127.0.0.1'

interface Plan {
  readonly gatewayId: string
  readonly revision: number
  readonly call: DebugCall
}

/**
 * One call to a Model API for whoever is signed in, through the engine of its gateway in this process. Ends with the call;
 * cancelling what is answered, or `signal`, cancels the call.
 */
export async function debugModelApi<Engine extends DebugEngine>(
  idOrName: string,
  input: DebugInput,
  create: CreateEmbedded<Engine>,
  { caller, signal }: { readonly caller: WorkspaceCaller; readonly signal: AbortSignal },
): Promise<ReadableStream<Uint8Array>> {
  requirePermission(caller, 'model-apis.debug')
  const body = await encodeBody(input)
  const { database } = consoleContext()
  const { gatewayId, revision, call } = await inTransaction(database, (transaction) =>
    planCall(transaction, { idOrName, input, body, caller }),
  )
  return await inTurn(caller.workspace.id, async () => {
    const held = await holdEmbedded(gatewayId, revision, create)
    return watch(held, { gatewayId, call, signal })
  })
}

interface Watched {
  readonly gatewayId: string
  readonly call: DebugCall
  readonly signal: AbortSignal
}

function watch({ engine, release }: Held<DebugEngine>, { gatewayId, call, signal }: Watched) {
  const watched = engine.debug(call)
  const leave = () => watched.leave()
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  const kept = watched.ended.then((record) =>
    record === null ? undefined : keepDebugCall(gatewayId, record),
  )
  const ended = kept.finally(() => {
    signal.removeEventListener('abort', leave)
    release()
  })
  // The last line is not the end: whoever has seen that finds the record.
  const events = watched.events.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({ flush: () => kept }),
  )
  return { events, ended }
}

/** Keeps its place among what the workspace asks for until the call has ended. */
function inTurn(
  workspaceId: string,
  start: () => Promise<{ events: ReadableStream<Uint8Array>; ended: Promise<void> }>,
): Promise<ReadableStream<Uint8Array>> {
  return new Promise((resolve, reject) => {
    askInTurn(workspaceId, async () => {
      const { events, ended } = await start()
      resolve(events)
      await ended
    }).catch(reject)
  })
}

interface Asked {
  readonly idOrName: string
  readonly input: DebugInput
  readonly body: EncodedBody | null
  readonly caller: WorkspaceCaller
}

async function planCall(transaction: Transaction, asked: Asked): Promise<Plan> {
  const { idOrName, input, body, caller } = asked
  const row = await requireModelApi(transaction, idOrName, caller)
  const document = modelApiDocument.parse(row)
  const address = await debugAddress(transaction, row, document, input)
  const consumer = await consumerOf(transaction, input, caller)
  const headers = headersOf(address, document, body)
  const { side, scheme, target, url } = address
  const key = document.plugins.authorization.enabled ? shownKey(consumer) : null
  return {
    gatewayId: row.gateway.id,
    revision: row.gateway.revision,
    call: {
      apiId: row.id,
      inNameOf: consumer?.id ?? null,
      ...{ side, scheme, target },
      method: input.method,
      headers: headers.flat(),
      body: body?.bytes ?? null,
      clientAddress: caller.address ?? loopback,
      shown: {
        method: input.method,
        url: key?.in === 'query' ? withParameter(url, key.name) : url,
        headers: key?.in === 'header' ? [...headers, [key.name, key.value]] : headers,
      },
    },
  }
}

async function consumerOf(
  transaction: Transaction,
  { consumerId }: DebugInput,
  caller: WorkspaceCaller,
): Promise<ConsumerRow | null> {
  if (consumerId === null) return null
  const now = new Date(consoleContext().clock.now())
  const consumer = await getConsumer(transaction, caller.workspace.id, consumerId, now)
  if (consumer === null) throw fieldError('consumerId', 'consumer_unknown', 'There is no such consumer.')
  return consumer
}

function headersOf(
  { host }: DebugAddress,
  { protocol }: ModelApiDocument,
  body: EncodedBody | null,
): [string, string][] {
  const headers: [string, string][] = [['host', host]]
  if (protocol === 'anthropic') headers.push(['anthropic-version', '2023-06-01'])
  if (body !== null) {
    headers.push(['content-type', body.contentType], ['content-length', String(body.bytes.length)])
  }
  return headers
}

type ShownKey =
  | { readonly in: 'header'; readonly name: string; readonly value: string }
  | { readonly in: 'query'; readonly name: string }

/** Where a caller shows its key; the console has none to show. */
function shownKey(consumer: ConsumerRow | null): ShownKey {
  for (const row of consumer?.credentials ?? []) {
    const credential = readCredential(row)
    if (credential.type === 'hmac' || credential.location.in === 'standard') continue
    const { name } = credential.location
    return credential.location.in === 'query'
      ? { in: 'query', name }
      : { in: 'header', name, value: keyPlaceholder }
  }
  return { in: 'header', name: 'authorization', value: `Bearer ${keyPlaceholder}` }
}

function withParameter(url: string, name: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${name}=${keyPlaceholder}`
}
