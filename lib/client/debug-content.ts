import * as z from 'zod'

export interface DebugToolCall {
  readonly name: string
  /** JSON, as far as it has come. */
  readonly arguments: string
}

/** What a model said, put together from the pieces that it came in. */
export interface DebugContent {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly DebugToolCall[]
  /** Of an error that came instead of an answer, or within one. */
  readonly error: string | null
}

export const noContent: DebugContent = { text: '', reasoning: '', toolCalls: [], error: null }

/** `done` ends a stream, `usage` tells tokens, `error` breaks off. */
export type FrameKind = 'content' | 'done' | 'usage' | 'error'

const pieceOfTool = z.object({
  index: z.int().catch(0),
  function: z.object({ name: z.string().catch(''), arguments: z.string().catch('') }).optional(),
})

const message = z
  .object({
    content: z.string().nullish().catch(null),
    reasoning_content: z.string().nullish().catch(null),
    reasoning: z.string().nullish().catch(null),
    tool_calls: z.array(pieceOfTool).nullish().catch(null),
  })
  .nullish()
  .catch(null)

const answer = z.object({
  choices: z
    .array(z.object({ delta: message, message, text: z.string().nullish().catch(null) }))
    .nullish()
    .catch(null),
  usage: z.unknown().optional(),
  error: z.unknown().optional(),
})

/** The data of an event of a stream; null where it has none. */
export function dataOf(event: string): string | null {
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith('data:'))
  return lines.length === 0 ? null : lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n')
}

export function frameKind(data: string | null): FrameKind {
  if (data === null) return 'content'
  if (data.trim() === '[DONE]') return 'done'
  const parsed = readAnswer(data)
  if (parsed === null) return 'content'
  if (parsed.error !== undefined && parsed.error !== null) return 'error'
  return parsed.usage !== undefined && parsed.usage !== null ? 'usage' : 'content'
}

/** Adds what an event of a chat stream, or a whole answer, says. */
export function withData(content: DebugContent, data: string): DebugContent {
  const parsed = readAnswer(data)
  if (parsed === null) return content
  const error = errorMessage(parsed.error)
  const first = parsed.choices?.[0]
  const said = first?.delta ?? first?.message
  return {
    text: content.text + (said?.content ?? first?.text ?? ''),
    reasoning: content.reasoning + (said?.reasoning_content ?? said?.reasoning ?? ''),
    toolCalls: (said?.tool_calls ?? []).reduce(withTool, content.toolCalls),
    error: error ?? content.error,
  }
}

function withTool(calls: readonly DebugToolCall[], piece: z.infer<typeof pieceOfTool>, place: number) {
  // Whole answers number their calls by their place alone.
  const index = piece.index === 0 && place > 0 ? place : piece.index
  const before = calls[index] ?? { name: '', arguments: '' }
  const after = {
    name: before.name + (piece.function?.name ?? ''),
    arguments: before.arguments + (piece.function?.arguments ?? ''),
  }
  return index < calls.length ? calls.with(index, after) : [...calls, after]
}

function readAnswer(data: string): z.infer<typeof answer> | null {
  try {
    const parsed = answer.safeParse(JSON.parse(data))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const errorShape = z.union([
  z.object({ message: z.string() }).transform(({ message: text }) => text),
  z.string(),
])

function errorMessage(error: unknown): string | null {
  if (error === undefined || error === null) return null
  const parsed = errorShape.safeParse(error)
  return parsed.success ? parsed.data : JSON.stringify(error)
}
