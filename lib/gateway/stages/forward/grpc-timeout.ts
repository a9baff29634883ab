import { refusal } from '@/lib/gateway/error.ts'

const wellFormed = /^(\d{1,8})([HMSmun])$/

const unitMs: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
}

/** What a node's timer can count. */
const timerMsMax = 2 ** 31 - 1
const digitsMax = 99_999_999

/** `grpc-timeout` of a header list (names and values in turn) in milliseconds; null without. Throws `malformed_request`. */
export function readGrpcTimeout(headers: readonly string[]): number | null {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index] !== 'grpc-timeout') continue
    const [, digits, unit] = wellFormed.exec(headers[index + 1] as string) ?? []
    if (digits === undefined || unit === undefined) {
      throw refusal('malformed_request', 'The grpc-timeout is not understood.')
    }
    return Math.min(timerMsMax, Number(digits) * (unitMs[unit] ?? 0))
  }
  return null
}

/** Never longer than `ms`, so that the instance gives up no later than its caller. */
export function toGrpcTimeout(ms: number): string {
  const whole = Math.max(0, Math.floor(ms))
  return whole <= digitsMax ? `${whole}m` : `${Math.floor(whole / 1_000)}S`
}
