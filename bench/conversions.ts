import type { ChatFormat } from '@/lib/protocols/codec.ts'
import { callerCodecOf, serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { ChatConversion } from '@/lib/protocols/conversion.ts'
import { createFrameDecoder } from '@/lib/protocols/framing/create-frame-decoder.ts'
import { median } from './measure.ts'

/** A streamed answer of 400 short texts, in one format, as the network hands it over: event by event. */
interface Sample {
  readonly format: ChatFormat
  readonly chunks: readonly Buffer[]
}

export interface ConversionFigures {
  readonly caller: ChatFormat
  readonly service: ChatFormat
  /** For each second of the processor's time. */
  readonly chunksPerSecond: number
  /** The same chunks through `JSON.parse` and `JSON.stringify` and nothing else. */
  readonly plainPerSecond: number
}

export const callerFormats = [
  'openai-chat',
  'anthropic-messages',
  'gemini',
  'bedrock-converse',
  'dashscope',
] as const satisfies readonly ChatFormat[]

const texts = 400
const context = { requestId: 'bench', model: 'bench', now: 1_700_000_000, streamUsage: true }

export function sampleOf(format: (typeof callerFormats)[number]): Sample {
  const conversion = new ChatConversion(callerCodecOf(format), serviceCodecOf('openai-chat'))
  const bodies = Array.from({ length: texts }, (_, number) =>
    openAiChunk({ content: ` word ${number}` }, null),
  )
  const chunks = [...bodies, openAiChunk({}, 'stop'), Buffer.from('data: [DONE]\n\n')]
  if (format === 'openai-chat') return { format, chunks }
  const stream = conversion.stream(context)
  const converted = [...chunks.map((chunk) => stream.push(chunk)), stream.end()]
  return { format, chunks: converted.filter((chunk) => chunk !== null) }
}

function openAiChunk(delta: object, finish: string | null): Buffer {
  const chunk = {
    id: 'chatcmpl-0123456789',
    object: 'chat.completion.chunk',
    created: context.now,
    model: 'gpt-4o-mini',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  }
  return Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`)
}

/** The stream through the conversion; answers how many chunks came out. */
export function convertOnce(conversion: ChatConversion, { chunks }: Sample): number {
  const stream = conversion.stream(context)
  let count = 0
  for (const chunk of chunks) if (stream.push(chunk) !== null) count += 1
  if (stream.end() !== null) count += 1
  return count
}

/** What the sample's events hold, without their framing. */
function bodiesOf({ format, chunks }: Sample): readonly Buffer[] {
  const decoder = createFrameDecoder(serviceCodecOf(format).framing)
  return chunks
    .flatMap((chunk) => [...decoder.push(chunk)])
    .filter(({ data }) => data.startsWith('{'))
    .map(({ data }) => Buffer.from(data))
}

function plainOnce(bodies: readonly Buffer[]): number {
  let bytes = 0
  for (const body of bodies) bytes += Buffer.from(JSON.stringify(JSON.parse(body.toString()))).length
  return bytes
}

/** Each pair and its plain measure take turns, and the figures are medians: whatever slows one slows the other. */
export function measureConversions(rounds: number, roundMs: number): readonly ConversionFigures[] {
  return callerFormats.flatMap((service) => {
    const sample = sampleOf(service)
    const bodies = bodiesOf(sample)
    return callerFormats
      .filter((caller) => caller !== service)
      .map((caller) => {
        const conversion = new ChatConversion(callerCodecOf(caller), serviceCodecOf(service))
        const converted: number[] = []
        const plain: number[] = []
        for (let round = 0; round <= rounds; round++) {
          const one = rateOf(() => convertOnce(conversion, sample), sample.chunks.length, roundMs)
          const other = rateOf(() => plainOnce(bodies), bodies.length, roundMs)
          // The first round warms up.
          if (round === 0) continue
          converted.push(one)
          plain.push(other)
        }
        return { caller, service, chunksPerSecond: median(converted), plainPerSecond: median(plain) }
      })
  })
}

/** By the processor's time, which holds on a busy machine. */
function rateOf(step: () => number, chunks: number, roundMs: number): number {
  const from = process.cpuUsage()
  let done = 0
  for (;;) {
    if (step() === 0) throw new Error('A conversion wrote nothing.')
    done += chunks
    const { user, system } = process.cpuUsage(from)
    const spentMs = (user + system) / 1000
    if (spentMs >= roundMs) return (done * 1000) / spentMs
  }
}
