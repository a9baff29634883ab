import type { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { ModelApiRuntime } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { RoutedTarget, RouteReason } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { TokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'

const modelForm = /"model"\s*:\s*"((?:[^"\\]|\\.){1,256})"/
/** A model's name comes at the beginning, or not where it would be found cheaply. */
const searchedBytesMax = 4_096

/** A target that did not answer well, and whom another one followed. */
export interface PassedOver {
  readonly service: string
  /** Null: as the caller names it. */
  readonly model: string | null
  /** What it answered; null: nothing. */
  readonly status: number | null
  /** In a word. */
  readonly reason: string
  readonly durationMs: number
}

/** What one request to a Model API turned out to be, besides what every request does. */
export class ModelCallNotes {
  readonly api: ModelApiRuntime
  /** Who calls; null where the API asks nobody who they are, or could not tell. */
  consumer: ConsumerRuntime | null = null
  /** Which is being asked, or was asked last; null before one is chosen. */
  target: RoutedTarget | null = null
  /** Why the first one was chosen. */
  reason: RouteReason | null = null
  /** Targets that did not answer well, before the last. */
  readonly passedOver: PassedOver[] = []
  /** The model as the caller named it. */
  asked: string | null = null
  /** The model as the answer names it. */
  answeredBy: string | null = null
  isStream = false
  /** From the beginning of the request. */
  firstTokenMs: number | null = null
  /** As a conversion has read it; null: to be read from what was relayed. */
  usage: TokenUsage | null = null
  /** What a conversion could not carry. */
  dropped: readonly string[] = []
  /** What the service said was wrong. */
  failure: ProtocolFailure | null = null
  /** Where the request went, without its query. */
  url: string | null = null
  #searchedBytes = 0

  constructor(api: ModelApiRuntime) {
    this.api = api
  }

  get service(): UpstreamServiceRuntime | null {
    return this.target?.service ?? null
  }

  /** Looks for the model in what the caller gets. */
  answered(chunk: Buffer): void {
    if (this.answeredBy !== null || this.#searchedBytes >= searchedBytesMax) return
    this.#searchedBytes += chunk.length
    this.answeredBy = modelForm.exec(chunk.toString('utf8', 0, searchedBytesMax))?.[1] ?? null
  }
}
