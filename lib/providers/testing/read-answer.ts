import type { ChatReply, Part, ProtocolFailure, Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { ServiceCodec } from '@/lib/protocols/codec.ts'
import { readStream } from '@/lib/protocols/testing/read-stream.ts'

/** What an answer comes to, streamed or not. */
export interface ReadAnswer {
  readonly text: string
  readonly reasoning: string
  readonly calls: ReadonlyArray<{ readonly id: string; readonly name: string; readonly arguments: string }>
  readonly stop: Stop | null
  readonly usage: Usage | null
  readonly failure: ProtocolFailure | null
}

export function readStreamedAnswer(
  codec: ServiceCodec,
  bytes: Buffer,
): ReadAnswer & { events: readonly StreamEvent[] } {
  const events = readStream(codec, [bytes])
  return { events, ...fold(events) }
}

function fold(events: readonly StreamEvent[]): ReadAnswer {
  const calls: Array<{ id: string; name: string; arguments: string }> = []
  let [text, reasoning] = ['', '']
  let [stop, usage, failure]: [Stop | null, Usage | null, ProtocolFailure | null] = [null, null, null]
  for (const event of events) {
    if (event.type === 'text') text += event.text
    if (event.type === 'reasoning') reasoning += event.text
    if (event.type === 'tool-call') calls[event.index] = { id: event.id, name: event.name, arguments: '' }
    if (event.type === 'tool-arguments') {
      const call = calls[event.index]
      if (call === undefined) throw new Error('Arguments came before their call.')
      call.arguments += event.text
    }
    if (event.type === 'stop') stop = event.stop
    if (event.type === 'usage') usage = event.usage
    if (event.type === 'error') failure = event.failure
  }
  return { text, reasoning, calls, stop, usage, failure }
}

export function readWholeAnswer(reply: ChatReply): ReadAnswer {
  const [choice] = reply.choices
  const parts: readonly Part[] = choice?.parts ?? []
  return {
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    reasoning: parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join(''),
    calls: parts.flatMap((part) => (part.type === 'tool-call' ? [part] : [])),
    stop: choice?.stop ?? null,
    usage: reply.usage,
    failure: null,
  }
}
