/** The console's own server overwrites `X-Forwarded-For` with the true client address, so it can be believed here. */
export function clientAddressOf(request: Request): string | null {
  const first = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim()
  return first ? first.slice(0, 64) : null
}
