import { sharedDoor } from './shared-door.ts'

export const dynamic = 'force-dynamic'

/** The shared gateway's engine in this process. The service's token authorises; no session is needed. */
async function handle(request: Request): Promise<Response> {
  const gateway = await sharedDoor()
  const clientAddress = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '127.0.0.1'
  return await gateway.handle(request, { side: 'internet', clientAddress })
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
