/** Timeouts of connections are told in ticks: no request starts a timer, and none asks for the time. */
export const tickMs = 250

/** Rounded up, and one more for the tick that has begun. */
export function ticksOf(milliseconds: number): number {
  return Math.ceil(milliseconds / tickMs) + 1
}
