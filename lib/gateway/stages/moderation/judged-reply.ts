import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import { JudgedChoice } from '@/lib/gateway/stages/moderation/judged-choice.ts'
import type { ReplyModeration } from '@/lib/gateway/stages/moderation/reply-moderation.ts'
import type { AnswerFilter } from '@/lib/protocols/answer-filter.ts'
import type { ChatReply, Stop, StreamEvent } from '@/lib/protocols/canonical.ts'

/** A source that pauses is not waited for: what has come is asked about as it is. */
const hurryMs = 200

const filtered: Stop = { reason: 'content-filter', sequence: null }

/** Who is told when there is something to let go. */
export interface JudgedListener {
  judged(): void
}

/**
 * What the rules of an API let through of a streamed answer, held back until a service has judged it; what it refuses
 * ends the answer as the protocol ends one that its filter stopped.
 */
export class JudgedReply implements AnswerFilter {
  listener: JudgedListener | null = null
  readonly #rules: ReplyModeration
  readonly #judge: Judge
  readonly #choices = new Map<number, JudgedChoice>()
  #ready: StreamEvent[] = []
  /** What follows all choices. */
  #last: StreamEvent[] = []
  #hasRefused = false
  #hurry: NodeJS.Timeout | null = null

  constructor(rules: ReplyModeration, judge: Judge) {
    this.#rules = rules
    this.#judge = judge
  }

  get hasCut(): boolean {
    return this.#hasRefused || this.#rules.hasCut
  }

  /** The service does not keep up: read the answer no further until it has. */
  get isFull(): boolean {
    for (const choice of this.#choices.values()) if (choice.isFull) return true
    return false
  }

  /** Answers in one piece are judged as such. */
  reply(reply: ChatReply): ChatReply {
    return this.#rules.reply(reply)
  }

  pass(event: StreamEvent): readonly StreamEvent[] {
    if (this.#hasRefused) return []
    for (const passed of this.#rules.pass(event)) this.#take(passed)
    this.#ask(false)
    return this.released()
  }

  released(): readonly StreamEvent[] {
    if (!this.#hasRefused) this.#collect()
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  /** Nobody waits for it any more. */
  leave(): void {
    this.listener = null
    this.#calm()
    this.#judge.leave()
  }

  #take(event: StreamEvent): void {
    switch (event.type) {
      case 'start':
        this.#ready.push(event)
        return
      case 'usage':
        this.#last.push(event)
        return
      case 'error':
      case 'end':
        for (const choice of this.#choices.values()) choice.end()
        this.#last.push(event)
        return
      default: {
        const choice = this.#of(event.choice)
        choice.take(event)
        if (event.type === 'stop') choice.end()
      }
    }
  }

  #of(index: number): JudgedChoice {
    const known = this.#choices.get(index)
    if (known !== undefined) return known
    const choice = new JudgedChoice(this.#judge, (_, isBlocked) => this.#settled(isBlocked))
    this.#choices.set(index, choice)
    return choice
  }

  #settled(isRefused: boolean): void {
    if (this.#hasRefused) return
    if (isRefused) this.#refuse()
    else this.#ask(false)
    this.listener?.judged()
  }

  #ask(isHurried: boolean): void {
    let hasFresh = false
    for (const choice of this.#choices.values()) {
      choice.ask(isHurried)
      if (choice.hasFresh) hasFresh = true
    }
    if (hasFresh && this.#hurry === null) {
      this.#hurry = setTimeout(() => {
        this.#hurry = null
        this.#ask(true)
      }, hurryMs)
    }
  }

  #collect(): void {
    let isHeld = false
    for (const choice of this.#choices.values()) {
      this.#ready.push(...choice.released())
      if (!choice.isEmpty) isHeld = true
    }
    if (isHeld) return
    this.#ready.push(...this.#last)
    this.#last = []
  }

  /** What was let go before goes out, and nothing else. */
  #refuse(): void {
    for (const choice of this.#choices.values()) this.#ready.push(...choice.released())
    this.#hasRefused = true
    for (const [choice, { hasStopped }] of this.#choices) {
      if (!hasStopped) this.#ready.push({ type: 'stop', choice, stop: filtered })
    }
    this.#ready.push(...this.#last.filter(({ type }) => type === 'usage'), { type: 'end' })
    this.#calm()
    this.#judge.leave()
  }

  #calm(): void {
    if (this.#hurry !== null) clearTimeout(this.#hurry)
    this.#hurry = null
  }
}
