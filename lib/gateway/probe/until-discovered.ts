import type { ProbeStand } from '@/lib/gateway/probe/probe-stand.ts'

const waitMs = 10_000
const lookAgainMs = 20

/** Resolves once discovery has said something, or has had its time. Answers why nothing was found; null: something was. */
export async function untilDiscovered(
  { service, shared }: ProbeStand,
  signal: AbortSignal,
): Promise<string | null> {
  if (service === null) return null
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    if (service.plan().instances.length > 0) return null
    const report = shared.discovery.reportOf(service.id)
    if (report === null || report.state === 'current') return 'No addresses were found for this service.'
    if (report.state === 'failed') return report.reason ?? 'The addresses of this service could not be found.'
    signal.throwIfAborted()
    if (performance.now() > giveUpAt) return 'The addresses of this service were not found in time.'
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  }
}
