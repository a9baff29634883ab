/** An order of a certificate that failed for a reason which people can read. */
export class OrderFailure extends Error {
  override readonly name = 'OrderFailure'
}

const reasonMax = 500

/** What the ACME server said, or why it said nothing, on one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The order failed.'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  const isConnection = code !== null && /^(E[A-Z]+|ERR_NETWORK|ERR_FR_TOO_MANY_REDIRECTS)$/.test(code)
  const text = isConnection ? `The ACME server could not be reached (${code}).` : error.message
  return (text.replace(/\s+/g, ' ').trim() || 'The order failed.').slice(0, reasonMax)
}
