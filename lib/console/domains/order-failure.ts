/** An order of a certificate that failed for a reason which people can read. */
export class OrderFailure extends Error {
  override readonly name = 'OrderFailure'
}

const reasonMax = 500

/** What the ACME server said, or what else went wrong, on one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message.replace(/\s+/g, ' ').trim() : ''
  return (text === '' ? 'The order failed.' : text).slice(0, reasonMax)
}
