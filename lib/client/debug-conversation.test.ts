import { expect, test } from 'vitest'
import { type DebugTurn, messagesOf, noMemory, readMemory, writeMemory } from './debug-conversation.ts'

function turn(id: number, question: string, text: string | null): DebugTurn {
  const answer = text === null ? null : { text, reasoning: '', toolCalls: [], service: null, failure: null }
  return {
    id,
    question,
    model: 'm',
    answer: answer && { ...answer, isStopped: false, error: null, requestId: null },
  }
}

test('tells a model what was asked and answered, and leaves out what nobody answered', () => {
  const turns = [turn(1, 'a', 'A'), turn(2, 'b', ''), turn(3, 'c', null)]
  expect(messagesOf(turns, 'd')).toEqual([
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'A' },
    { role: 'user', content: 'd' },
  ])
})

test('remembers the last turns, as many as fit', () => {
  const turns = Array.from({ length: 60 }, (_, id) => turn(id, 'q', 'a'))
  const kept = readMemory(writeMemory({ ...noMemory, turns })).turns
  expect([kept.length, kept.at(-1)?.id]).toEqual([50, 59])
  const long = Array.from({ length: 8 }, (_, id) => turn(id, 'q', 'x'.repeat(100_000)))
  const text = writeMemory({ ...noMemory, turns: long })
  expect(text.length).toBeLessThan(512 * 1024)
  expect(readMemory(text).turns.at(-1)?.id).toBe(7)
})

test('begins anew where what is remembered cannot be read', () => {
  expect(readMemory('{"turns":1}')).toEqual(noMemory)
  expect(readMemory('nothing')).toEqual(noMemory)
})
