/** What a node's timers and counters can count. */
const countMax = 2 ** 31 - 1

export function numberComplaint(
  what: string,
  value: number,
  { min = 1, max = countMax }: { readonly min?: number; readonly max?: number } = {},
): string | null {
  return Number.isFinite(value) && value >= min && value <= max
    ? null
    : `${what} must be between ${min} and ${max}.`
}

export function firstComplaint<T>(
  items: Iterable<T>,
  complaintOf: (item: T) => string | null,
): string | null {
  for (const item of items) {
    const complaint = complaintOf(item)
    if (complaint !== null) return complaint
  }
  return null
}
