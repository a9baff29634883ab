import { consoleContext } from '@/lib/console/console-context.ts'
import { onShutdown } from '@/lib/console/on-shutdown.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { AppError } from '@/lib/domain/error.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

/** A gateway's engine in this process, as far as it is kept here. */
export interface Embedded {
  /** Of its snapshot; null without one. */
  readonly revision: number | null
  /** What the next one begins with. */
  readonly memory: unknown
  apply(snapshot: GatewaySnapshot): void
  close(): Promise<void>
}

export type CreateEmbedded<Engine extends Embedded> = (
  logger: Logger,
  memory: Engine['memory'] | null,
) => Engine

export interface Held<Engine> {
  readonly engine: Engine
  release(): void
}

interface Entry {
  readonly engine: Embedded
  readonly revisionReached: Set<() => void>
  holders: number
  idle: NodeJS.Timeout | undefined
  close(): Promise<void>
}

/** An idle engine checks instances that nobody calls here. */
const idleMs = 600_000
/** How long a call waits for what was just saved. */
const publishedWithinMs = 3_000
/** Of gateways that are closed. */
const memoriesMax = 100

/** On globalThis: engines hold connections, so there is one for each gateway however often this module is loaded. */
const holder = globalThis as {
  __switchyardEmbedded?: { entries: Map<string, Promise<Entry>>; memories: Map<string, unknown> }
}
holder.__switchyardEmbedded ??= { entries: new Map(), memories: new Map() }
const { entries, memories } = holder.__switchyardEmbedded

/**
 * The engine of this gateway, with the configuration of this revision or a newer one as soon as it can be had. Opened by
 * whoever comes first, and closed when nobody has held it for a while. Throws `unavailable`.
 */
export async function holdEmbedded<Engine extends Embedded>(
  gatewayId: string,
  revision: number,
  create: CreateEmbedded<Engine>,
): Promise<Held<Engine>> {
  const opening = entries.get(gatewayId) ?? open(gatewayId, create)
  const entry = await opening
  entry.holders += 1
  clearTimeout(entry.idle)
  await untilRevision(gatewayId, entry, revision)
  let isHeld = true
  return {
    engine: entry.engine as Engine,
    release() {
      if (!isHeld) return
      isHeld = false
      entry.holders -= 1
      if (entry.holders === 0) entry.idle = setTimeout(() => void entry.close(), idleMs).unref()
    },
  }
}

/** Whoever comes for traffic never gives it back. */
export async function sharedEmbedded<Engine extends Embedded>(
  create: CreateEmbedded<Engine>,
): Promise<Engine> {
  const { engine } = await holdEmbedded(sharedGatewayId, 0, create)
  return engine
}

function open<Engine extends Embedded>(gatewayId: string, create: CreateEmbedded<Engine>): Promise<Entry> {
  const opening = start(gatewayId, create)
  entries.set(gatewayId, opening)
  opening.catch(() => entries.delete(gatewayId))
  return opening
}

async function start<Engine extends Embedded>(
  gatewayId: string,
  create: CreateEmbedded<Engine>,
): Promise<Entry> {
  const publisher = controlPlane()?.publisher
  if (publisher === undefined) throw new AppError('unavailable', 'The console is starting.')
  if ((await publisher.current(gatewayId)) === null) throw notRunnable()
  const { logger } = consoleContext()
  const engine = create(logger, (memories.get(gatewayId) as Engine['memory'] | undefined) ?? null)
  const revisionReached = new Set<() => void>()
  const leave = publisher.subscribe(gatewayId, ({ snapshot }) => {
    try {
      engine.apply(snapshot)
    } catch (error) {
      logger.error({ gatewayId, err: error }, 'an embedded gateway refused a snapshot')
    }
    for (const reached of revisionReached) reached()
  })
  const close = async () => {
    takeBack()
    leave()
    entries.delete(gatewayId)
    remember(gatewayId, engine.memory)
    await engine.close()
  }
  const takeBack = onShutdown(close)
  if (engine.revision === null) {
    await close()
    throw notRunnable()
  }
  return { engine, revisionReached, holders: 0, idle: undefined, close }
}

/** What is not there in time is done without: the node would not have it either. */
async function untilRevision(
  gatewayId: string,
  { engine, revisionReached }: Entry,
  revision: number,
): Promise<void> {
  const publisher = controlPlane()?.publisher
  const isThere = () =>
    (engine.revision ?? 0) >= revision || (publisher?.refused(gatewayId)?.revision ?? 0) >= revision
  if (isThere()) return
  publisher?.configurationChanged(gatewayId)
  await new Promise<void>((resolve) => {
    const look = () => {
      if (isThere()) end()
    }
    const end = () => {
      clearTimeout(timer)
      revisionReached.delete(look)
      resolve()
    }
    const timer = setTimeout(end, publishedWithinMs)
    revisionReached.add(look)
  })
}

function remember(gatewayId: string, memory: unknown): void {
  memories.delete(gatewayId)
  memories.set(gatewayId, memory)
  const [oldest] = memories.keys()
  if (memories.size > memoriesMax && oldest !== undefined) memories.delete(oldest)
}

function notRunnable(): AppError {
  return new AppError('unavailable', 'The gateway has no configuration that it could run.', {
    retryAfterSeconds: 2,
  })
}
