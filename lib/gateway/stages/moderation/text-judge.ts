import type { JudgeService } from '@/lib/gateway/runtime/judge-service.ts'
import { type Asking, askingFor, askService } from '@/lib/gateway/stages/ask-service/ask-service.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import { EndpointAnswerError, judge, readModerations } from '@/lib/moderation/endpoint/endpoint-answer.ts'
import { moderationsBody } from '@/lib/moderation/endpoint/endpoint-request.ts'
import { type WindowOutcome, wholeCharacters } from '@/lib/moderation/endpoint/moderation-windows.ts'

/** UTF-16 units of a text that are asked about as one, and what two neighbours have in common. */
const pieceLength = 10_000
const overlap = 500
/** Of one question. */
const piecesMax = 20

/** Asks the service that judges an API's texts, for one call. */
export class TextJudge implements Judge {
  readonly onFailure: Judge['onFailure']
  readonly #service: JudgeService
  readonly #notes: ModelCallNotes
  readonly #leaving = new AbortController()
  readonly #asking: Asking

  constructor(service: JudgeService, call: ApiCall) {
    this.onFailure = service.policy.onFailure
    this.#service = service
    this.#notes = call.notes
    this.#asking = askingFor(call, this.#leaving.signal)
  }

  leave(): void {
    this.#leaving.abort()
  }

  async whole(texts: readonly string[]): Promise<WindowOutcome> {
    const pieces = texts.flatMap(piecesOf)
    const passed: WindowOutcome = { kind: 'passed' }
    // Each question has its time, and all of a long text no more than a request has.
    const endsAt = performance.now() + this.#asking.runtime.limits.requestMs
    for (let at = 0; at < pieces.length; at += piecesMax) {
      if (performance.now() >= endsAt) return this.#failed('the text was too long for the time of a request')
      const outcome = await this.ask(pieces.slice(at, at + piecesMax))
      if (this.blocks(outcome)) return outcome
    }
    return passed
  }

  blocks({ kind }: WindowOutcome): boolean {
    return kind === 'refused' || (kind === 'failed' && this.onFailure === 'block')
  }

  async ask(texts: readonly string[]): Promise<WindowOutcome> {
    const { asked, policy, timeoutMs } = this.#service
    const answer = await askService(asked, moderationsBody(texts, policy), timeoutMs, this.#asking)
    switch (answer.kind) {
      case 'answered':
        return this.#read(answer.body, texts.length)
      case 'late':
        return this.#failed(`no answer within ${timeoutMs} ms`)
      case 'busy':
        return this.#failed('too many questions at once')
      case 'left':
        return { kind: 'failed', message: 'nobody waits' }
      case 'failed':
        return this.#failed(answer.reason)
    }
  }

  #read(body: Buffer, count: number): WindowOutcome {
    try {
      const verdicts = readModerations(body.toString(), count).map((one) => judge(one, this.#service.policy))
      const refused = verdicts.filter(({ isRefused }) => isRefused)
      if (refused.length === 0) return { kind: 'passed' }
      return { kind: 'refused', categories: [...new Set(refused.flatMap(({ categories }) => categories))] }
    } catch (error) {
      if (!(error instanceof EndpointAnswerError)) throw error
      return this.#failed(error.message)
    }
  }

  #failed(message: string): WindowOutcome {
    this.#notes.unjudged = message
    return { kind: 'failed', message }
  }
}

function piecesOf(text: string): string[] {
  if (text.length <= pieceLength) return text.trim() === '' ? [] : [text]
  const pieces: string[] = []
  for (let at = 0; at + overlap < text.length; ) {
    const length = wholeCharacters(text.slice(at, at + pieceLength), pieceLength, false)
    pieces.push(text.slice(at, at + length))
    at += wholeCharacters(text.slice(at, at + length), length - overlap, false)
  }
  return pieces
}
