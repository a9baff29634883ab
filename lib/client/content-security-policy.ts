type PolicyOptions = {
  /** Random per response; the scripts that carry it may run, no others. */
  readonly nonce: string
  /** The development server evaluates code and injects unmarked styles. */
  readonly development: boolean
}

/** The console's page policy: everything from here, nothing framed, scripts only by nonce. */
export function contentSecurityPolicy({ nonce, development }: PolicyOptions): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Positioned layers set `style` attributes; style elements still need the nonce.
    "style-src 'self' 'unsafe-inline'",
    `style-src-elem 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    // What models draw and say is shown from memory.
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return directives.join('; ')
}
