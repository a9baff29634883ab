import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import type { JobSource } from '@/lib/counters/jobs/job-source.ts'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import type { LimitSource } from '@/lib/counters/limits/limit-source.ts'
import type { PermitSource } from '@/lib/counters/permit-source.ts'
import { RateWindows } from '@/lib/counters/rate-windows.ts'
import { DiscoveryRegistry } from '@/lib/gateway/runtime/discovery-registry.ts'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { KeyRings } from '@/lib/gateway/runtime/keys/key-rings.ts'
import { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { createLogger, type Logger } from '@/lib/platform/logger.ts'

/** What outlives a single runtime. */
export interface SharedState {
  readonly clock: Clock
  readonly logger: Logger
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
  readonly windows: RateWindows
  /** Who counts for the rate limits and quotas of Model APIs. */
  readonly limits: LimitSource
  /** What services of the AI gateway are found at. */
  readonly discovery: DiscoveryRegistry
  /** What is known about the keys of services of the AI gateway. */
  readonly keyRings: KeyRings
  /** What reports have to tell about these services. */
  readonly upstreamNews: UpstreamNews
  /** Who knows which service has what. */
  readonly jobs: JobSource
}

/** `permits`, `limits`, `jobs`: where they are kept together with other nodes; without, alone. */
export function createSharedState(
  clock: Clock,
  permits: PermitSource | null = null,
  logger: Logger = createLogger('gateway', 'silent'),
  limits: LimitSource = new LimitBook(clock),
  jobs: JobSource = new JobBook(),
): SharedState {
  const upstreamNews = new UpstreamNews()
  const pools = new UpstreamPools()
  const instances = new InstanceRegistry(clock)
  return {
    clock,
    logger,
    pools,
    instances,
    discovery: new DiscoveryRegistry({ clock, logger, pools, instances, news: upstreamNews }),
    windows: new RateWindows(clock, permits),
    limits,
    jobs,
    keyRings: new KeyRings(clock, upstreamNews),
    upstreamNews,
  }
}
