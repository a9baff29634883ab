import { consoleContext } from '@/lib/console/console-context.ts'
import { consoleEgress } from '@/lib/console/egress.ts'
import { onShutdown } from '@/lib/console/on-shutdown.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { EgressPolicy } from '@/lib/snapshot/snapshot.ts'
import type { ServiceProbePort } from './service-probe-port.ts'

interface ClosableProbe extends ServiceProbePort {
  close(): Promise<void>
}
type CreateProbe = (options: { readonly logger: Logger; readonly egress: EgressPolicy }) => ClosableProbe

/** On globalThis, because each route is bundled with a copy of this module. */
const holder = globalThis as { __switchyardServiceProbe?: ClosableProbe | undefined }

/** One for all routes, made with the first test and closed with the console. */
export function holdProbe(create: CreateProbe): ServiceProbePort {
  if (holder.__switchyardServiceProbe !== undefined) return holder.__switchyardServiceProbe
  const probe = create({ logger: consoleContext().logger, egress: consoleEgress })
  holder.__switchyardServiceProbe = probe
  onShutdown(async () => {
    holder.__switchyardServiceProbe = undefined
    await probe.close()
  })
  return probe
}
