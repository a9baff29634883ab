import type { ModelApiRuntime } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { TokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'

const modelForm = /"model"\s*:\s*"((?:[^"\\]|\\.){1,256})"/
/** A model's name comes at the beginning, or not where it would be found cheaply. */
const searchedBytesMax = 4_096

/** What one request to a Model API turned out to be, besides what every request does. */
export class ModelCallNotes {
  readonly api: ModelApiRuntime
  readonly service: UpstreamServiceRuntime
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

  constructor(api: ModelApiRuntime, service: UpstreamServiceRuntime) {
    this.api = api
    this.service = service
  }

  /** Looks for the model in what the caller gets. */
  answered(chunk: Buffer): void {
    if (this.answeredBy !== null || this.#searchedBytes >= searchedBytesMax) return
    this.#searchedBytes += chunk.length
    this.answeredBy = modelForm.exec(chunk.toString('utf8', 0, searchedBytesMax))?.[1] ?? null
  }
}
