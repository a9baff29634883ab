import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from '@/lib/client/content-security-policy.ts'

/** Replaced by a literal when the console is built (`next.config.js`). */
declare const SWITCHYARD_DEVELOPMENT: boolean

/** Gives every page a fresh nonce: Next reads it back from the request's policy and marks its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy({ nonce, development: SWITCHYARD_DEVELOPMENT })
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

export const config = {
  matcher: [{ source: '/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)' }],
}
