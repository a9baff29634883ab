import type { GatewayErrorCode } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import { AccessLog } from '@/lib/gateway/stages/observe/access-log.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import { ModelMeter } from '@/lib/gateway/stages/observe/model-meter.ts'
import type { NacosMeter } from '@/lib/gateway/stages/observe/nacos-meter.ts'
import { NlbMeter } from '@/lib/gateway/stages/observe/nlb-meter.ts'
import { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'
import { RollupBook } from '@/lib/gateway/stages/observe/rollup-book.ts'
import { ServiceMeter } from '@/lib/gateway/stages/observe/service-meter.ts'
import { toRecord } from '@/lib/gateway/stages/observe/to-record.ts'
import type { TokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { RequestRollup } from '@/lib/snapshot/node-report.ts'

/** Requests that no service was found for are summed here in metrics; they have no rollup. */
const noService = ''

/** The outermost stage: sees refusals, callers that leave and half-sent answers too. One per process. */
export class Observer {
  readonly clock: Clock
  readonly rollups = new RollupBook()
  readonly meters = new Map<string, ServiceMeter>()
  /** By Model API and service. */
  readonly modelMeters = new Map<string, ModelMeter>()
  /** By layer 4 port. */
  readonly nlbMeters = new Map<number, NlbMeter>()
  /** By service and registration. */
  readonly nacosMeters = new Map<string, NacosMeter>()
  readonly errorsByCode = new Map<GatewayErrorCode, number>()
  /** Requests to Model APIs; null where nobody takes them. */
  readonly records: RecordBook | null
  readonly #accessLog: AccessLog
  openRequests = 0

  constructor(clock: Clock, logger: Logger, records: RecordBook | null = null) {
    this.clock = clock
    this.records = records
    this.#accessLog = new AccessLog(logger, clock)
  }

  begin(exchange: Exchange, requestId: string, now: number = this.clock.now()): Observation {
    this.openRequests += 1
    return new Observation(exchange, requestId, now)
  }

  finish(observation: Observation): void {
    this.openRequests -= 1
    const durationMs = performance.now() - observation.startedAt
    const usage = observation.usage()
    const meter = this.#meterFor(observation)
    meter.countStatus(observation.status)
    if (observation.grpcStatus !== null) meter.countGrpcStatus(observation.grpcStatus)
    meter.requestSeconds.observe(durationMs / 1000)
    if (observation.firstByteMs > 0) meter.firstByteSeconds.observe(observation.firstByteMs / 1000)
    meter.bytesIn += observation.exchange.bytesIn
    meter.bytesOut += observation.bytesOut
    meter.inputTokens += usage.input ?? 0
    meter.outputTokens += usage.output ?? 0
    const sum = this.#sumFor(observation, observation.beganAt + durationMs)
    if (sum !== null) addRequest(sum, observation, durationMs, usage)
    if ((sum !== null || observation.model !== null) && isLimited(observation)) {
      meter.countLimited(observation.limitedBy ?? 'queue')
    }
    const { model } = observation
    if (this.records !== null && model?.isRecorded === true)
      this.records.add(toRecord(observation, model, durationMs))
    this.#accessLog.write(observation, durationMs)
  }

  /** An error answer, also one made before there was a request to observe. */
  countError(code: GatewayErrorCode): void {
    this.errorsByCode.set(code, (this.errorsByCode.get(code) ?? 0) + 1)
  }

  nlbMeter(port: number): NlbMeter {
    const known = this.nlbMeters.get(port)
    if (known !== undefined) return known
    const meter = new NlbMeter()
    this.nlbMeters.set(port, meter)
    return meter
  }

  #meterFor({ route, model }: Observation): ServiceMeter {
    if (route !== null) return this.#meterOf(route.service)
    return model === null ? this.#meter(noService) : this.#modelMeter(model)
  }

  /** Null where no service was found. */
  #sumFor({ route, model, caller }: Observation, endedAt: number): RequestRollup | null {
    if (route !== null) {
      const { id, tally } = route.service
      return this.rollups.remembered(
        caller?.rollups ?? tally.withoutToken,
        endedAt,
        id,
        caller?.tokenId ?? null,
      )
    }
    const target = model?.target ?? null
    return target && this.rollups.remembered(target.rollups, endedAt, target.service.id, null)
  }

  #modelMeter({ api, service, firstTokenMs }: ModelCallNotes): ModelMeter {
    const name = service?.name ?? noService
    const key = `${api.name} ${name}`
    const meter = this.modelMeters.get(key) ?? new ModelMeter(api.name, name)
    this.modelMeters.set(key, meter)
    if (firstTokenMs !== null) meter.firstTokenSeconds.observe(firstTokenMs / 1000)
    return meter
  }

  #meterOf({ name, tally }: ServiceRuntime): ServiceMeter {
    tally.meter ??= this.#meter(name)
    return tally.meter
  }

  #meter(service: string): ServiceMeter {
    const known = this.meters.get(service)
    if (known !== undefined) return known
    const meter = new ServiceMeter()
    this.meters.set(service, meter)
    return meter
  }
}

const limitCodes: ReadonlySet<GatewayErrorCode> = new Set(['rate_limited', 'quota_exceeded', 'queue_full'])

function isLimited({ error }: Observation): boolean {
  return error !== null && limitCodes.has(error.code)
}

function addRequest(
  sum: RequestRollup,
  observation: Observation,
  durationMs: number,
  usage: TokenUsage,
): void {
  sum.requests += 1
  if (observation.status >= 500) sum.serverErrors += 1
  else if (observation.status >= 400) sum.clientErrors += 1
  if (isLimited(observation)) sum.rateLimited += 1
  sum.durationMsSum += durationMs
  sum.firstByteMsSum += observation.firstByteMs
  sum.inputTokens += usage.input ?? 0
  sum.outputTokens += usage.output ?? 0
  sum.bytesIn += observation.exchange.bytesIn
  sum.bytesOut += observation.bytesOut
}
