import type { Message, Part } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { writeBlock } from './write-blocks.ts'

/** All system messages, wherever they stood; null where there are none. */
export function writeSystem(
  messages: readonly Message[],
  dropped: DroppedFields,
): string | readonly JsonObject[] | null {
  const blocks: JsonObject[] = []
  for (const { role, parts } of messages) {
    if (role !== 'system') continue
    for (const part of parts) {
      if (part.type !== 'text') dropped.add(`messages[].content[].${part.type}`)
      if (part.type !== 'text' || part.text.trim() === '') continue
      const block: JsonObject = { type: 'text', text: part.text }
      if (part.cached === true) block['cache_control'] = { type: 'ephemeral' }
      blocks.push(block)
    }
  }
  return blocks.length === 0 ? null : oneText(blocks)
}

interface Turn {
  readonly role: 'user' | 'assistant'
  readonly parts: Part[]
}

/** Neighbours of one role become one turn, in which what tools answered comes first, as the format demands. */
export function writeMessages(messages: readonly Message[], dropped: DroppedFields): readonly JsonObject[] {
  const turns: Turn[] = []
  for (const { role, parts } of messages) {
    if (role === 'system') continue
    const spoken = role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === spoken) last.parts.push(...parts)
    else turns.push({ role: spoken, parts: [...parts] })
  }
  const written: JsonObject[] = []
  for (const [index, turn] of turns.entries()) {
    const message = writeTurn(turn, index === turns.length - 1, dropped)
    if (message !== null) written.push(message)
  }
  return written
}

function writeTurn({ role, parts }: Turn, isLast: boolean, dropped: DroppedFields): JsonObject | null {
  const results = parts.filter(({ type }) => type === 'tool-result')
  const ordered =
    results.length === 0 ? parts : [...results, ...parts.filter(({ type }) => type !== 'tool-result')]
  const blocks: JsonObject[] = []
  for (const part of ordered) {
    const block = writeBlock(part, dropped)
    if (block !== null) blocks.push(block)
  }
  if (blocks.length === 0) return null
  // A last turn of the assistant, which the model is to go on with, may not end in space.
  const last = blocks.at(-1)
  if (isLast && role === 'assistant' && typeof last?.['text'] === 'string')
    last['text'] = last['text'].trimEnd()
  return { role, content: oneText(blocks) }
}

/** One text alone is a string. */
function oneText(blocks: readonly JsonObject[]): string | readonly JsonObject[] {
  const [only, ...more] = blocks
  if (only === undefined || more.length > 0 || only['cache_control'] !== undefined) return blocks
  return only['type'] === 'text' && typeof only['text'] === 'string' ? only['text'] : blocks
}
