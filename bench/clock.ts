/** `performance.now()` counts from the start of each process; this from the start of the system's monotonic clock. */
const offsetMs = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** Milliseconds on a clock that all processes of one machine share. */
export function monotonicMs(): number {
  return performance.now() + offsetMs
}
