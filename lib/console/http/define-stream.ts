import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import type { Permission } from '@/lib/domain/role.ts'
import { admit } from './admit.ts'
import type { RouteHandler } from './declaration.ts'
import { problemResponse } from './problem-response.ts'
import { requestIdOf } from './request-id.ts'

export interface StreamDeclaration {
  readonly summary: string
  readonly permission: Permission
  readonly open: (caller: WorkspaceCaller, signal: AbortSignal) => ReadableStream<Uint8Array>
}

/** A route that answers with server-sent events: admitted as any other, then open until either side leaves. */
export function defineStream({ summary, permission, open }: StreamDeclaration): RouteHandler {
  const description = {
    summary,
    permission,
    params: undefined,
    query: undefined,
    body: undefined,
    success: [200, null] as const,
    creates: false,
  }
  const handler = async (
    request: Request,
    context: { readonly params: Promise<Record<string, string | string[]>> },
  ) => {
    const requestId = requestIdOf(request)
    try {
      const caller = await admit(permission, request, await context.params, requestId)
      return new Response(open(caller, request.signal), {
        headers: { ...streamHeaders, 'x-request-id': requestId },
      })
    } catch (error) {
      return problemResponse(error, requestId)
    }
  }
  return Object.assign(handler, { description })
}

const streamHeaders = {
  'content-type': 'text/event-stream',
  // no-transform: compression would hold events back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}
