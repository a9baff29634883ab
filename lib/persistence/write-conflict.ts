/** A serializable transaction that lost against another one, or a deadlock: the same work may succeed on the next try. */
export function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === 'P2034') return true
  // A conflict found at COMMIT arrives as the driver's own error.
  const { cause } = error
  return (
    typeof cause === 'object' &&
    cause !== null &&
    'kind' in cause &&
    cause.kind === 'TransactionWriteConflict'
  )
}
