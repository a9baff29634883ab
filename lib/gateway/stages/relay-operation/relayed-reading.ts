import type { ErrorShape } from '@/lib/gateway/error.ts'
import {
  type CallReading,
  type ReadReply,
  relayReading,
} from '@/lib/gateway/stages/model-call/call-reading.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'
import type { ConvertedFailure } from '@/lib/protocols/conversion.ts'
import { readDashscopeFailure, writeDashscopeFailure } from '@/lib/protocols/dashscope/failure.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** How errors of an operation are read that is relayed, and told in the API's protocol. Answers pass unread. */
class RelayedReading implements CallReading {
  readonly isRelay = true
  readonly events = null
  readonly #openAi = relayReading('openai-chat')
  readonly #isModelStudio: boolean

  constructor(isModelStudio: boolean) {
    this.#isModelStudio = isModelStudio
  }

  stream(): null {
    return null
  }

  reply(body: JsonObject): ReadReply {
    return { body, usage: null, dropped: [], failure: null }
  }

  failure(status: number, body: unknown, requestId: string): ConvertedFailure {
    if (!this.#isModelStudio) return this.#openAi.failure(status, body, requestId)
    return this.told(readDashscopeFailure(status, body), requestId)
  }

  told(failure: ProtocolFailure, requestId: string): ConvertedFailure {
    if (!this.#isModelStudio) return this.#openAi.told(failure, requestId)
    const status = failure.status >= 400 ? failure.status : 502
    return { status, body: writeDashscopeFailure(failure, requestId), failure }
  }

  /** Its texts are not known, which is why the console refuses to moderate such APIs. */
  moderated(): CallReading {
    return this
  }
}

const openAi = new RelayedReading(false)
const modelStudio = new RelayedReading(true)

export function relayedReading(shape: ErrorShape): CallReading {
  return shape === 'model-studio' ? modelStudio : openAi
}
