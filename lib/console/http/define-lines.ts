import type * as z from 'zod'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import type { Permission } from '@/lib/domain/role.ts'
import { admit } from './admit.ts'
import type { RouteHandler } from './declaration.ts'
import { logFailure, parsePart, parseSegments } from './define-handler.ts'
import { problemResponse } from './problem-response.ts'
import { readJsonBody } from './read-json-body.ts'
import { requestIdOf } from './request-id.ts'

export interface LinesDeclaration<P extends z.ZodType, B extends z.ZodType> {
  readonly summary: string
  readonly permission: Permission
  readonly params: P
  readonly body: B
  readonly bodyBytesMax: number
  /** What each line is. */
  readonly line: z.ZodType
  /** What goes wrong before the first line is answered as in any other route. */
  readonly open: (input: {
    readonly caller: WorkspaceCaller
    readonly params: z.output<P>
    readonly body: z.output<B>
    /** The caller has left. */
    readonly signal: AbortSignal
  }) => Promise<ReadableStream<Uint8Array>>
}

const mediaType = 'application/x-ndjson'

/** A route that answers with lines of JSON, as they come: admitted and read as any other, then open until either side leaves. */
export function defineLines<const P extends z.ZodType, const B extends z.ZodType>(
  declaration: LinesDeclaration<P, B>,
): RouteHandler {
  const { summary, permission, params, body, line } = declaration
  const success = [200, line] as const
  const description = {
    summary,
    permission,
    params,
    query: undefined,
    body,
    success,
    mediaType,
    creates: false,
  }
  const handler = async (
    request: Request,
    context: { readonly params: Promise<Record<string, string | string[]>> },
  ) => {
    const requestId = requestIdOf(request)
    try {
      const segments = await context.params
      const caller = await admit(permission, request, segments, requestId)
      const lines = await declaration.open({
        caller,
        params: parseSegments(params, segments) as z.output<P>,
        body: parsePart(body, (await readJsonBody(request, declaration.bodyBytesMax)) ?? {}) as z.output<B>,
        signal: request.signal,
      })
      return new Response(lines, { headers: { ...headers, 'x-request-id': requestId } })
    } catch (error) {
      logFailure(error, request, requestId)
      return problemResponse(error, requestId)
    }
  }
  return Object.assign(handler, { description })
}

const headers = {
  'content-type': mediaType,
  // no-transform: compression would hold lines back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}
