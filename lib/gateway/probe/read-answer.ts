import type { Part, Usage } from '@/lib/protocols/canonical.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { createFrameDecoder } from '@/lib/protocols/framing/create-frame-decoder.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'

/** What a person wants to see of an answer. */
export interface ProbeAnswer {
  readonly text: string
  readonly usage: Pick<Usage, 'input' | 'output'> | null
  /** An error within the answer. */
  readonly failure: string | null
}

const textMax = 2_000

/** Of a chat completion, in one piece or streamed. Throws `ProtocolError` on what is neither. */
export function readAnswer(bytes: Buffer, isStream: boolean): ProbeAnswer {
  return isStream ? readStream(bytes) : readWhole(bytes)
}

function readWhole(bytes: Buffer): ProbeAnswer {
  const codec = serviceCodecOf('openai-chat')
  const value: unknown = JSON.parse(bytes.toString())
  if (!isJsonObject(value)) return { text: '', usage: null, failure: null }
  if (value['object'] === 'list') return { text: 'An embedding came back.', usage: null, failure: null }
  const { choices, usage } = codec.readReply(value)
  const text = (choices[0]?.parts ?? []).map(textOf).join('')
  return { text: text.slice(0, textMax), usage, failure: null }
}

function readStream(bytes: Buffer): ProbeAnswer {
  const codec = serviceCodecOf('openai-chat')
  const decoder = createFrameDecoder(codec.framing)
  const reader = codec.streamReader()
  const frames = [...decoder.push(bytes), ...decoder.end()]
  let text = ''
  let usage: Usage | null = null
  let failure: string | null = null
  for (const event of [...frames.flatMap((frame) => [...reader.read(frame)]), ...reader.end()]) {
    if (event.type === 'text' || event.type === 'reasoning' || event.type === 'refusal') text += event.text
    else if (event.type === 'usage') usage = event.usage
    else if (event.type === 'error') failure = event.failure.message
  }
  return { text: text.slice(0, textMax), usage, failure }
}

function textOf(part: Part): string {
  return part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal' ? part.text : ''
}
