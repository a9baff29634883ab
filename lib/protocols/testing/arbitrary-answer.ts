import * as fc from 'fast-check'
import type {
  ChatReply,
  Choice,
  Part,
  Stop,
  StopReason,
  StreamEvent,
  Usage,
} from '@/lib/protocols/canonical.ts'
import { arbitraryArguments, arbitraryText } from './arbitrary-request.ts'
import type { AnswerFeature } from './carried.ts'

type Has = (feature: AnswerFeature) => boolean

export function arbitraryReply(loses: ReadonlySet<AnswerFeature>): fc.Arbitrary<ChatReply> {
  const has: Has = (feature) => !loses.has(feature)
  return fc.record({
    id: fc.constant('answer-1'),
    model: fc.constant('model-a'),
    createdAt: fc.constant(1_700_000_000),
    choices: fc
      .array(arbitraryChoice(has), { minLength: 1, maxLength: has('choices') ? 2 : 1 })
      .map((choices): Choice[] => choices.map((choice, index) => ({ ...choice, index }))),
    usage: has('usage') ? arbitraryUsage(has) : fc.constant(null),
  })
}

/** The same answer as events: in pieces, choices and parallel calls in turn. */
export function arbitraryStream(loses: ReadonlySet<AnswerFeature>): fc.Arbitrary<StreamEvent[]> {
  return fc.tuple(arbitraryReply(loses), fc.integer({ min: 1, max: 7 })).map(([reply, size]) => {
    const told = reply.choices.map((choice) => contentEvents(choice, size))
    const content: StreamEvent[] = []
    for (let turn = 0; told.some((events) => turn < events.length); turn++) {
      for (const events of told) content.push(...events.slice(turn, turn + 1))
    }
    const stops = reply.choices.flatMap(({ index, stop }): StreamEvent[] =>
      stop === null ? [] : [{ type: 'stop', choice: index, stop }],
    )
    const usage: StreamEvent[] = reply.usage === null ? [] : [{ type: 'usage', usage: reply.usage }]
    return [
      { type: 'start', id: reply.id, model: reply.model, createdAt: reply.createdAt },
      ...content,
      ...stops,
      ...usage,
      { type: 'end' },
    ]
  })
}

function contentEvents({ index: choice, parts }: Choice, size: number): StreamEvent[] {
  let calls = 0
  return parts.flatMap((part): StreamEvent[] => {
    switch (part.type) {
      case 'text':
      case 'refusal':
        return pieces(part.text, size).map((text) => ({ type: part.type, choice, text }))
      case 'reasoning': {
        const told: StreamEvent[] = pieces(part.text, size).map((text) => ({
          type: 'reasoning',
          choice,
          text,
        }))
        if (part.signature !== null)
          told.push({ type: 'reasoning-signature', choice, signature: part.signature })
        return told
      }
      case 'redacted-reasoning':
        return [{ type: 'redacted-reasoning', choice, data: part.data }]
      case 'tool-call': {
        const index = calls++
        return [
          { type: 'tool-call', choice, index, id: part.id, name: part.name },
          ...pieces(part.arguments, size).map(
            (text): StreamEvent => ({ type: 'tool-arguments', choice, index, text }),
          ),
        ]
      }
      default:
        return []
    }
  })
}

function pieces(text: string, size: number): string[] {
  const characters = [...text]
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, piece) =>
    characters.slice(piece * size, (piece + 1) * size).join(''),
  )
}

function arbitraryChoice(has: Has): fc.Arbitrary<Omit<Choice, 'index'>> {
  const thought = has('reasoning')
    ? fc.option(
        fc.tuple(arbitraryText, fc.boolean()).map(
          ([text, isSigned]): Part => ({
            type: 'reasoning',
            text,
            signature: isSigned && has('reasoning.signature') ? 'c2lnbmF0dXJl' : null,
          }),
        ),
      )
    : fc.constant(null)
  const redacted = has('redacted-reasoning')
    ? fc.option(fc.constant<Part>({ type: 'redacted-reasoning', data: 'cmVkYWN0ZWQ=' }))
    : fc.constant(null)
  const text = fc.option(arbitraryText.map((said): Part => ({ type: 'text', text: said })))
  const refusal = has('refusal')
    ? fc.option(
        arbitraryText.map((said): Part => ({ type: 'refusal', text: said })),
        { freq: 1 },
      )
    : fc.constant(null)
  const calls = has('tool-calls')
    ? fc.array(fc.tuple(fc.constantFrom('get_weather', 'search'), arbitraryArguments), { maxLength: 2 })
    : fc.constant([])
  return fc
    .tuple(thought, redacted, text, refusal, calls, arbitraryStop(has))
    .map(([a, b, c, d, called, stop]) => {
      const parts = [a, b, c, d].filter((part) => part !== null)
      const callParts = called.map(
        ([name, json], index): Part => ({ type: 'tool-call', id: `call_${index}`, name, arguments: json }),
      )
      // Formats that know no reason for calls take it from the calls.
      const isCalling = callParts.length > 0
      return {
        parts: [...parts, ...callParts],
        stop: isCalling ? { reason: 'tool-calls', sequence: null } : stop,
      }
    })
}

function arbitraryStop(has: Has): fc.Arbitrary<Stop> {
  const reasons: StopReason[] = ['end']
  const others: StopReason[] = ['length', 'content-filter', 'refusal', 'pause', 'other', 'stop-sequence']
  for (const reason of others) if (has(`stop.${reason}` as AnswerFeature)) reasons.push(reason)
  return fc.constantFrom(...reasons).map((reason) => ({
    reason,
    sequence: reason === 'stop-sequence' && has('stop.sequence') ? 'END' : null,
  }))
}

function arbitraryUsage(has: Has): fc.Arbitrary<Usage> {
  const tokens = fc.nat({ max: 1000 })
  const some = (feature: AnswerFeature) => (has(feature) ? tokens : fc.constant(null))
  return fc
    .tuple(tokens, tokens, some('usage.cached'), some('usage.cache-write'), some('usage.reasoning'))
    .map(([fresh, said, cachedInput, cacheWriteInput, reasoning]) => ({
      input: fresh + (cachedInput ?? 0) + (cacheWriteInput ?? 0),
      output: said + (reasoning ?? 0),
      cachedInput,
      cacheWriteInput,
      reasoning,
    }))
}
