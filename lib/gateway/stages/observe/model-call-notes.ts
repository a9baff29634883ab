import type { RouteReason } from '@/lib/domain/route-reason.ts'
import type { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { ModelApiRuntime } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { MetLimits } from '@/lib/gateway/stages/limit/met-limits.ts'
import { CallContent } from '@/lib/gateway/stages/observe/call-content.ts'
import type { TokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'
import type { SelfTestTicket } from '@/lib/snapshot/self-test-ticket.ts'

const modelForm = /"model"\s*:\s*"((?:[^"\\]|\\.){1,256})"/
/** A model's name comes at the beginning, or not where it would be found cheaply. */
const searchedBytesMax = 4_096

/** Within the texts of a model each of these quotes would be escaped. */
const finishForm = /"(?:finish_reason|stop_reason)"\s*:\s*"([\w-]{1,64})"/g
/** Why an answer ended is said at its end. */
const finishBytesMax = 4_096

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
  /** The rules that admitted and count it; null: none does. */
  limits: MetLimits | null = null
  /** What the service said was wrong. */
  failure: ProtocolFailure | null = null
  /** Why texts went on, or were stopped, without having been judged; null: there was no need to. */
  unjudged: string | null = null
  /** Where the request went, without its query. */
  url: string | null = null
  clientAddress: string | null = null
  /** The API's route, as `routesOf` has it. */
  route: string | null = null
  /** When the present target was asked, on the clock that is never set. */
  attemptBeganAt: number | null = null
  /** Of texts that were sent; null: nobody counted, or there are none. */
  promptCharacters: number | null = null
  /** What is asked for, where routing does not say so itself. Empty: the classifier was not sure. Null: nobody looked. */
  intent: string | null = null
  /** What the console tries with this request, which no service gets; null: it is one of a caller's. */
  selfTest: SelfTestTicket | null = null
  /** Null: not to be recorded. */
  readonly content: CallContent | null
  #searchedBytes = 0
  /** The end of the answer, where a record is kept: a stream says why it ended in one of its last three events. */
  #last = nothing
  #nextToLast = nothing
  #beforeLast = nothing

  constructor(api: ModelApiRuntime) {
    this.api = api
    const { monitoring } = api
    const isContentKept = monitoring !== null && (monitoring.recordRequest || monitoring.recordResponse)
    this.content = isContentKept ? new CallContent(monitoring) : null
  }

  get isRecorded(): boolean {
    return this.api.monitoring !== null && this.selfTest === null
  }

  get service(): UpstreamServiceRuntime | null {
    return this.target?.service ?? null
  }

  /** What the caller gets, as it goes out. */
  answered(chunk: Buffer): void {
    if (this.isRecorded) {
      this.#beforeLast = this.#nextToLast
      this.#nextToLast = this.#last
      this.#last = chunk
      this.content?.response?.add(chunk)
    }
    if (this.answeredBy !== null || this.#searchedBytes >= searchedBytesMax) return
    this.#searchedBytes += chunk.length
    this.answeredBy = modelForm.exec(chunk.toString('utf8', 0, searchedBytesMax))?.[1] ?? null
  }

  /** Why the answer ended, as the caller was told; null where it was not. */
  get finishReason(): string | null {
    for (const chunk of [this.#last, this.#nextToLast, this.#beforeLast]) {
      const end = chunk.toString('latin1', Math.max(chunk.length - finishBytesMax, 0))
      const found = [...end.matchAll(finishForm)].at(-1)?.[1]
      if (found !== undefined) return found
    }
    return null
  }
}

const nothing: Buffer = Buffer.alloc(0)
