import { createHash } from 'node:crypto'
import * as z from 'zod'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import {
  claimIdempotencyKey,
  type KeptAnswer,
  keepAnswer,
  releaseIdempotencyKey,
} from '@/lib/persistence/idempotency-store.ts'
import { openSecret, sealSecret } from '@/lib/persistence/sealed-secret.ts'
import type { Anonymous } from './declaration.ts'

export interface KeyedRequest {
  readonly key: string
  readonly caller: Anonymous & { readonly kind?: string; readonly id?: string | null }
  readonly request: Request
  readonly body: unknown
}

const keptResponse = z.object({ sealed: z.string() })
const keptParts = z.object({ body: z.string(), headers: z.record(z.string(), z.string()) })
const waitMs = 50
const waitsMax = 600
const abandonedAfterMs = 300_000

/** Runs once per key: a repeat gets the first answer again, one that comes meanwhile waits for it. */
export async function onceByIdempotencyKey(
  keyed: KeyedRequest,
  respond: () => Promise<Response>,
): Promise<Response> {
  const claim = claimOf(keyed)
  const { database } = consoleContext()
  for (let waits = 0; waits < waitsMax; waits++) {
    const kept = await claimIdempotencyKey(database, { ...claim, createdAt: new Date() })
    if (kept === null) return await runAndKeep(claim.id, respond)
    if (kept.requestHash !== claim.requestHash) {
      throw new AppError('idempotency_key_reused', 'This Idempotency-Key came with another body before.')
    }
    if (kept.status !== null) return replay(claim.id, kept, kept.status)
    // Whoever claimed it died before it could answer: no request runs this long.
    if (Date.now() - kept.createdAt.getTime() > abandonedAfterMs)
      await releaseIdempotencyKey(database, claim.id)
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  throw new AppError('unavailable', 'The first request with this Idempotency-Key has not ended yet.', {
    retryAfterSeconds: 5,
  })
}

async function runAndKeep(id: string, respond: () => Promise<Response>): Promise<Response> {
  const { database, masterKey } = consoleContext()
  try {
    const response = await respond()
    const body = await response.clone().text()
    const location = response.headers.get('location')
    const headers = location === null ? {} : { location }
    // Sealed, because answers that create tokens hold them.
    const sealed = sealSecret(masterKey, id, JSON.stringify({ body, headers }))
    await keepAnswer(database, id, { status: response.status, response: { sealed } })
    return response
  } catch (error) {
    await releaseIdempotencyKey(database, id)
    throw error
  }
}

function replay(id: string, { response }: KeptAnswer, status: number): Response {
  const opened = openSecret(consoleContext().masterKey, id, keptResponse.parse(response).sealed)
  const { body, headers } = keptParts.parse(JSON.parse(opened))
  return new Response(body === '' ? null : body, {
    status,
    headers: { ...headers, 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

function claimOf({ key, caller, request, body }: KeyedRequest): { id: string; requestHash: string } {
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new AppError('malformed_request', 'An Idempotency-Key has 8 to 200 visible characters.')
  }
  const { pathname } = new URL(request.url)
  const who = `${caller.kind ?? 'anonymous'}:${caller.id ?? ''}`
  return {
    id: digest([who, request.method, pathname, key]),
    requestHash: digest([JSON.stringify(body ?? null)]),
  }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}
