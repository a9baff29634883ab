import type * as z from 'zod'
import { consoleContext } from '@/lib/console/console-context.ts'
import { notFound } from '@/lib/console/not-found.ts'
import { AppError } from '@/lib/domain/error.ts'
import { admit } from './admit.ts'
import type { Access, Declaration, RouteHandler } from './declaration.ts'
import { ifMatchVersion } from './if-match.ts'
import { onceByIdempotencyKey } from './once-by-idempotency-key.ts'
import { invalidInput, problemResponse, toAppError } from './problem-response.ts'
import { isStorable, readJsonBody } from './read-json-body.ts'
import { requestIdOf } from './request-id.ts'

/**
 * A route of the console API: authenticates, permits, limits, parses, runs, serialises and maps errors, in
 * that order. The declaration also makes the route's entry in `/api/openapi.json`.
 */
export function defineHandler<
  const A extends Access,
  S extends z.ZodType | null,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: Declaration<A, P, Q, B, S>): RouteHandler {
  const handler: RouteHandler = Object.assign(
    async (request: Request, context: { params: Promise<Record<string, string | string[]>> }) => {
      const requestId = requestIdOf(request)
      try {
        const response = await answer(declaration, request, await context.params, requestId)
        response.headers.set('x-request-id', requestId)
        return response
      } catch (error) {
        logFailure(error, request, requestId)
        return problemResponse(error, requestId)
      }
    },
    { description: descriptionOf(declaration) },
  )
  return handler
}

async function answer<
  A extends Access,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  S extends z.ZodType | null,
>(
  declaration: Declaration<A, P, Q, B, S>,
  request: Request,
  segments: Record<string, string | string[]>,
  requestId: string,
): Promise<Response> {
  const caller = await admit(declaration.permission, request, segments, requestId)
  const params = parseSegments(declaration.params, segments)
  const query = parsePart(declaration.query, searchOf(request))
  const bodyValue = declaration.body ? withIfMatch(await readJsonBody(request), request) : undefined
  const body = parsePart(declaration.body, bodyValue ?? {})

  const respond = async (): Promise<Response> => {
    const headers = new Headers()
    const result = await declaration.run({ caller, params, query, body, request, headers } as Parameters<
      typeof declaration.run
    >[0])
    return serialise(declaration.success, result, headers)
  }
  const key = declaration.creates ? request.headers.get('idempotency-key') : null
  if (key === null) return await respond()
  return await onceByIdempotencyKey({ key, caller, request, body: bodyValue }, respond)
}

/** A path that cannot name anything names nothing. */
export function parseSegments(
  schema: z.ZodType | undefined,
  segments: Record<string, string | string[]>,
): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(segments)
  const texts = Object.values(segments).flat()
  if (result.success && texts.every(isStorable)) return result.data
  throw notFound()
}

function searchOf(request: Request): Record<string, string> {
  const entries = [...new URL(request.url).searchParams]
  if (!entries.flat().every(isStorable)) {
    throw new AppError('malformed_request', 'The query has a character that no field takes.')
  }
  return Object.fromEntries(entries)
}

export function parsePart(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalidInput(result.error)
}

/** `If-Match: "7"` stands for `"version": 7` where the body names none. */
function withIfMatch(body: unknown, request: Request): unknown {
  const version = ifMatchVersion(request)
  if (version === null) return body
  const given = body ?? {}
  if (typeof given !== 'object' || given === null || Array.isArray(given) || 'version' in given) return body
  return { ...given, version }
}

function serialise(
  [status, schema]: readonly [number, z.ZodType | null],
  result: unknown,
  headers: Headers,
): Response {
  headers.set('cache-control', 'no-store')
  if (schema === null) return new Response(null, { status, headers })
  headers.set('content-type', 'application/json')
  // Through the schema, so that a column that is not part of the contract cannot slip out.
  return new Response(JSON.stringify(schema.parse(result)), { status, headers })
}

export function logFailure(error: unknown, request: Request, requestId: string): void {
  const known = toAppError(error)
  const { logger } = consoleContext()
  const line = { requestId, code: known.code, method: request.method, path: new URL(request.url).pathname }
  if (known.code === 'internal') logger.error({ ...line, err: known.cause ?? known }, 'request failed')
  else logger.debug(line, known.message)
}

function descriptionOf<
  A extends Access,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  S extends z.ZodType | null,
>(declaration: Declaration<A, P, Q, B, S>): RouteHandler['description'] {
  const { summary, permission, params, query, body, success, creates } = declaration
  return { summary, permission, params, query, body, success, creates: creates === true }
}
