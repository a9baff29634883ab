import { GatewayError } from '@/lib/gateway/error.ts'
import type { AnswerOutlet, AnswerSink } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import { droppedHeader } from '@/lib/gateway/stages/model-call/dropped-header.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import { tokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'
import { parseExact, stringifyExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** What is held of an answer that is converted. */
const convertedBytesMax = 33_554_432
/** What is held of one that passes as it is, to see whether it is whole. A larger one goes on as it comes. */
const relayedBytesMax = 4_194_304

/** An answer in one piece: read whole before anything goes out, so that half a one never looks like an answer. */
export class WholeSink implements AnswerSink {
  readonly #call: ModelCall
  readonly #outlet: AnswerOutlet
  /** Of the service's answer, as the caller gets them where it passes as it is. */
  readonly #headers: readonly string[]
  readonly #contentType: string
  #chunks: Buffer[] | null = []
  #bytes = 0
  /** Null: nobody judges the answer. */
  readonly #judge: Judge | null
  #isAbandoned = false

  constructor(
    call: ModelCall,
    outlet: AnswerOutlet,
    { headers, contentType }: { readonly headers: readonly string[]; readonly contentType: string },
    judge: Judge | null,
  ) {
    this.#judge = judge
    this.#call = call
    this.#outlet = outlet
    this.#headers = headers
    this.#contentType = contentType
  }

  take(chunk: Buffer): boolean {
    const chunks = this.#chunks
    if (chunks === null) return this.#outlet.write(chunk)
    try {
      this.#call.held.add(chunk.length)
    } catch (error) {
      this.#chunks = []
      this.#outlet.refuse(error as Error)
      return true
    }
    chunks.push(chunk)
    this.#bytes += chunk.length
    const { reading, answerBytesMax } = this.#call.prepared
    const bytesMax = answerBytesMax ?? convertedBytesMax
    if (reading.isRelay && answerBytesMax === undefined) {
      if (this.#bytes > relayedBytesMax) return this.#passOn(chunks)
    } else if (this.#bytes > bytesMax) {
      this.#chunks = []
      this.#outlet.refuse(badAnswer(`The service's answer is larger than ${bytesMax} bytes.`))
    }
    return true
  }

  complete(): void {
    const chunks = this.#chunks
    if (chunks === null) {
      this.#outlet.finish()
      return
    }
    const bytes = Buffer.concat(chunks)
    const body = parse(bytes)
    if (body === null) {
      this.#outlet.refuse(
        badAnswer(`The service's answer is not the JSON that was asked for, or only half of it.`),
      )
      return
    }
    try {
      if (this.#judge === null) this.#answer(bytes, body, false)
      else this.#judgeFirst(this.#judge, bytes, body)
    } catch (error) {
      this.#refuse(error)
    }
  }

  broke(): boolean {
    return false
  }

  abandoned(): void {
    this.#isAbandoned = true
    this.#judge?.leave()
  }

  #judgeFirst(judge: Judge, bytes: Buffer, body: JsonObject): void {
    const { prepared, context } = this.#call
    judge
      .whole(prepared.reading.texts?.(body, context) ?? [])
      .then((outcome) => {
        if (!this.#isAbandoned) this.#answer(bytes, body, judge.blocks(outcome))
      })
      .catch((error: unknown) => this.#outlet.refuse(error as Error))
  }

  #refuse(error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error
    this.#outlet.refuse(badAnswer(`The service's answer is none of its protocol: ${error.message}`))
  }

  #answer(bytes: Buffer, body: JsonObject, isRefused: boolean): void {
    const { prepared, context, notes } = this.#call
    const reply = prepared.reading.reply(body, context, isRefused)
    if (reply.failure !== null) {
      const { status } = reply.failure
      this.#outlet.fail({ status, body, bytes, contentType: this.#contentType, failure: null })
      return
    }
    if (prepared.reading.isRelay) {
      this.#passOn([bytes])
      this.#outlet.finish()
      return
    }
    const { usage, dropped } = reply
    if (usage !== null) notes.usage = tokenUsage(usage)
    notes.dropped = [...new Set([...prepared.dropped, ...dropped])]
    const written = Buffer.from(stringifyExact(reply.body))
    const headers = ['content-type', 'application/json', 'content-length', String(written.length)]
    this.#outlet.start([...headers, ...droppedHeader(notes.dropped), 'x-request-id', context.requestId])
    this.#outlet.write(written)
    this.#outlet.finish()
  }

  #passOn(chunks: readonly Buffer[]): boolean {
    this.#chunks = null
    this.#outlet.start(this.#headers)
    let hasRoom = true
    for (const chunk of chunks) hasRoom = this.#outlet.write(chunk)
    return hasRoom
  }
}

function parse(bytes: Buffer): JsonObject | null {
  try {
    const value = parseExact(bytes.toString())
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

function badAnswer(message: string): GatewayError {
  return new GatewayError('upstream_bad_answer', message)
}
