import type { ModerationList } from '@/lib/moderation/moderation-list.ts'
import type { ModeratedPiece, ModerationStream } from '@/lib/moderation/moderation-stream.ts'
import type { AnswerFilter } from '@/lib/protocols/answer-filter.ts'
import type { ChatReply, Choice, Part, Stop, StreamEvent } from '@/lib/protocols/canonical.ts'

type TextKind = 'text' | 'reasoning' | 'refusal'
type TextEvent = StreamEvent & { readonly type: TextKind }

const kinds: readonly TextKind[] = ['text', 'reasoning', 'refusal']
const filtered: Stop = { reason: 'content-filter', sequence: null }

/** What one choice has said so far. */
class ChoiceTexts {
  readonly open = new Map<TextKind, ModerationStream>()
  hasMaskedReasoning = false
  hasStopped = false
}

/**
 * Holds what a service answers against the rules of an API: each choice, and its reasoning, are texts of their own. What
 * a rule blocks ends the answer as the protocol ends one that its filter stopped.
 */
export class ReplyModeration implements AnswerFilter {
  hasCut = false
  readonly #list: ModerationList
  /** The caller gets blocks in their order, each a text of its own; else all texts of a kind are one for it. */
  readonly #isInBlocks: boolean
  readonly #choices = new Map<number, ChoiceTexts>()

  constructor(list: ModerationList, isInBlocks: boolean) {
    this.#list = list
    this.#isInBlocks = isInBlocks
  }

  reply(reply: ChatReply): ChatReply {
    return { ...reply, choices: reply.choices.map((choice) => this.#whole(choice)) }
  }

  pass(event: StreamEvent): readonly StreamEvent[] {
    if (this.hasCut) return []
    const out: StreamEvent[] = []
    const isLetThrough = this.#step(event, out)
    if (!isLetThrough) this.#cut(out)
    return out
  }

  /** False: a rule blocks. */
  #step(event: StreamEvent, out: StreamEvent[]): boolean {
    switch (event.type) {
      case 'start':
      case 'usage':
        out.push(event)
        return true
      case 'text':
      case 'reasoning':
      case 'refusal':
        return this.#text(event, out)
      case 'error':
      case 'end':
        for (const choice of this.#choices.keys()) if (!this.#flush(choice, null, out)) return false
        out.push(event)
        return true
      case 'stop':
        if (!this.#flush(event.choice, null, out)) return false
        this.#of(event.choice).hasStopped = true
        out.push(event)
        return true
      default:
        if (this.#isInBlocks && !this.#flush(event.choice, null, out)) return false
        if (event.type !== 'reasoning-signature' || this.#isAsSigned(event.choice)) out.push(event)
        return true
    }
  }

  #text(event: TextEvent, out: StreamEvent[]): boolean {
    const { choice, type, text } = event
    if (this.#isInBlocks && !this.#flush(choice, type, out)) return false
    const { open } = this.#of(choice)
    const stream = open.get(type) ?? this.#list.openStream()
    open.set(type, stream)
    return release(stream.push(text), type, choice, out)
  }

  /** Of the reasoning that has just ended. */
  #isAsSigned(choice: number): boolean {
    const texts = this.#of(choice)
    const isAsSigned = !texts.hasMaskedReasoning
    texts.hasMaskedReasoning = false
    return isAsSigned
  }

  /** Ends the texts of a choice, but for one kind. */
  #flush(choice: number, but: TextKind | null, out: StreamEvent[]): boolean {
    const texts = this.#of(choice)
    for (const kind of kinds) {
      const stream = kind === but ? undefined : texts.open.get(kind)
      if (stream === undefined) continue
      texts.open.delete(kind)
      const isLetThrough = release(stream.end(), kind, choice, out)
      if (kind === 'reasoning' && stream.masking.size > 0) texts.hasMaskedReasoning = true
      if (!isLetThrough) return false
    }
    return true
  }

  #cut(out: StreamEvent[]): void {
    this.hasCut = true
    for (const [choice, { hasStopped }] of this.#choices) {
      if (!hasStopped) out.push({ type: 'stop', choice, stop: filtered })
    }
    out.push({ type: 'end' })
  }

  #of(choice: number): ChoiceTexts {
    const known = this.#choices.get(choice)
    if (known !== undefined) return known
    const texts = new ChoiceTexts()
    this.#choices.set(choice, texts)
    return texts
  }

  /** As its stream would be, so that the answer does not depend on how it was asked for. */
  #whole({ index, parts, stop }: Choice): Choice {
    const filter = new PartsModeration(this.#list, this.#isInBlocks)
    const moderated = filter.read(parts)
    return moderated === null ? { index, parts: [], stop: filtered } : { index, parts: moderated, stop }
  }
}

/** The parts of one choice; null where a rule blocks one. */
class PartsModeration {
  readonly #list: ModerationList
  readonly #isInBlocks: boolean

  constructor(list: ModerationList, isInBlocks: boolean) {
    this.#list = list
    this.#isInBlocks = isInBlocks
  }

  read(parts: readonly Part[]): readonly Part[] | null {
    const texts: string[] = []
    const open = new Map<TextKind, { readonly stream: ModerationStream; last: number }>()
    for (const [index, part] of parts.entries()) {
      if (!isText(part)) continue
      const known = this.#isInBlocks ? undefined : open.get(part.type)
      const reading = known ?? { stream: this.#list.openStream(), last: index }
      reading.last = index
      open.set(part.type, reading)
      const { release: text, blocked } = reading.stream.push(part.text)
      if (blocked !== null) return null
      texts[index] = text
      if (this.#isInBlocks && !end(reading)) return null
    }
    if (!this.#isInBlocks) for (const reading of open.values()) if (!end(reading)) return null
    return parts.map((part, index) => (isText(part) ? withText(part, texts[index] ?? '') : part))

    function end({ stream, last }: { readonly stream: ModerationStream; readonly last: number }): boolean {
      const { release: text, blocked } = stream.end()
      texts[last] += text
      return blocked === null
    }
  }
}

function release(
  { release: text, blocked }: ModeratedPiece,
  type: TextKind,
  choice: number,
  out: StreamEvent[],
): boolean {
  if (text !== '') out.push({ type, choice, text })
  return blocked === null
}

type TextPart = Part & { readonly type: TextKind }

function isText(part: Part): part is TextPart {
  return part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal'
}

/** What was signed is not what the caller gets. */
function withText(part: TextPart, text: string): Part {
  if (part.text === text) return part
  return part.type === 'reasoning' ? { ...part, text, signature: null } : { ...part, text }
}
