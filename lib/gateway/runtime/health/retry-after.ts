const msMin = 1_000
const msMax = 300_000

/** Reads `Retry-After` (RFC 9110 §10.2.3), seconds or a date, as milliseconds from 1 s to 5 min; null if it is neither. */
export function retryAfterMs(value: string | null, now: number): number | null {
  if (value === null) return null
  const text = value.trim()
  const ms = /^\d{1,15}$/.test(text) ? Number(text) * 1_000 : dateMs(text, now)
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, msMin), msMax)
}

/** Without the day's name, a date parser takes almost anything for a date. */
function dateMs(text: string, now: number): number {
  return /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) - now : Number.NaN
}
