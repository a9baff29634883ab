import { AppError } from '@/lib/domain/error.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A browser sends the session cookie along from any page, so a change needs proof that the page was ours:
 * `Sec-Fetch-Site: same-origin` or an `Origin` equal to this server's. Callers with an API token need none.
 */
export function refuseCrossSite(request: Request, publicUrl: string): void {
  if (safeMethods.has(request.method) || saysSameOrigin(request, publicUrl) === true) return
  throw crossSite()
}

/** For requests that carry no cookie yet, such as signing in: only proof of another site refuses them. */
export function refuseForeignPage(request: Request, publicUrl: string): void {
  if (safeMethods.has(request.method) || saysSameOrigin(request, publicUrl) !== false) return
  throw crossSite()
}

/** Null when the client says neither, as programs do. */
function saysSameOrigin(request: Request, publicUrl: string): boolean | null {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('origin')
  if (origin === null) return null
  return origin === new URL(publicUrl).origin || hostOf(origin) === request.headers.get('host')
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

function crossSite(): AppError {
  return new AppError('cross_site_request', 'The request did not come from a page of this console.')
}
