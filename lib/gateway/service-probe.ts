import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import { explainError } from '@/lib/gateway/probe/explain-error.ts'
import { listModels, type ModelsListed } from '@/lib/gateway/probe/list-models.ts'
import { probeAddress } from '@/lib/gateway/probe/probe-address.ts'
import { probeChat } from '@/lib/gateway/probe/probe-chat.ts'
import { type IntentProbe, probeIntent } from '@/lib/gateway/probe/probe-intent.ts'
import type { ProbeInput, ProbeResult } from '@/lib/gateway/probe/probe-result.ts'
import { failedBefore } from '@/lib/gateway/probe/probe-result.ts'
import { ProbeStand, probeMs } from '@/lib/gateway/probe/probe-stand.ts'
import { redactorOf } from '@/lib/gateway/probe/redact.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { EgressPolicy } from '@/lib/snapshot/snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

export interface ServiceProbe {
  /** One call, as traffic would make it. A call that fails is a result; never rejects for what the service does. */
  test(service: UpstreamServiceSnapshot, input: ProbeInput, requestId: string): Promise<ProbeResult>
  /** What a model says a prompt is about. */
  intent(service: UpstreamServiceSnapshot, probe: IntentProbe, requestId: string): Promise<ToldIntent>
  /** What models the provider says it has. */
  models(service: UpstreamServiceSnapshot): Promise<ModelsListed>
  /** Breaks off what is under way. */
  close(): Promise<void>
}

/**
 * Asks a service of the AI gateway in the way that gateway nodes do, from within another process. Bounded in time and
 * size; what it says of a service holds none of its secrets.
 */
export function createServiceProbe(options: {
  readonly logger: Logger
  readonly egress: EgressPolicy
}): ServiceProbe {
  return new EngineProbe(options.logger, options.egress)
}

class EngineProbe implements ServiceProbe {
  readonly #logger: Logger
  readonly #egress: EgressPolicy
  readonly #closing = new AbortController()

  constructor(logger: Logger, egress: EgressPolicy) {
    this.#logger = logger
    this.#egress = egress
  }

  async test(service: UpstreamServiceSnapshot, input: ProbeInput, requestId: string): Promise<ProbeResult> {
    const redact = redactorOf(service)
    const result = await this.#with(
      withOneKey(service, input.keyId),
      (stand, signal) =>
        input.path !== null && service.upstream.kind === 'addresses'
          ? probeAddress(stand, input.path, requestId, signal)
          : probeChat(stand, input, requestId, signal),
      (message) => failedBefore(message, input.model, requestId),
    )
    return { ...result, text: redact(result.text), message: result.message && redact(result.message) }
  }

  intent(service: UpstreamServiceSnapshot, probe: IntentProbe, requestId: string): Promise<ToldIntent> {
    return this.#with(
      service,
      (stand, signal) => probeIntent(stand, probe, requestId, signal),
      (): ToldIntent => ({ intent: null, problem: 'classifier_failed' }),
    )
  }

  async models(service: UpstreamServiceSnapshot): Promise<ModelsListed> {
    const redact = redactorOf(service)
    const { upstream } = service
    if (upstream.kind === 'addresses') {
      return { models: [], message: 'Only providers can be asked for their models.' }
    }
    const listed = await this.#with(
      service,
      (stand, signal) => {
        const provider = stand.service?.provider ?? null
        if (provider === null) throw new Error('The service has no provider.')
        return listModels(stand, provider, upstream, signal)
      },
      (message): ModelsListed => ({ models: [], message }),
    )
    return { models: listed.models, message: listed.message && redact(listed.message) }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The console is stopping.'))
  }

  async #with<Result>(
    service: UpstreamServiceSnapshot,
    run: (stand: ProbeStand, signal: AbortSignal) => Promise<Result>,
    failed: (message: string) => Result,
  ): Promise<Result> {
    const overdue = AbortSignal.timeout(probeMs)
    const signal = AbortSignal.any([overdue, this.#closing.signal])
    let stand: ProbeStand | null = null
    try {
      stand = new ProbeStand(service, this.#egress, this.#logger)
      return await run(stand, signal)
    } catch (error) {
      if (error instanceof SnapshotRefused) return failed(error.message)
      if (overdue.aborted) return failed(`There was no answer within ${probeMs / 1_000} s.`)
      return failed(explainError(error))
    } finally {
      await stand?.close()
    }
  }
}

function withOneKey(service: UpstreamServiceSnapshot, keyId: string | null): UpstreamServiceSnapshot {
  const { upstream } = service
  if (keyId === null || upstream.kind !== 'provider') return service
  return { ...service, upstream: { ...upstream, keys: upstream.keys.filter(({ id }) => id === keyId) } }
}
