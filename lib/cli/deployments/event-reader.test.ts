import { expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'

function read(text: string, piece = text.length): string[] {
  const events: string[] = []
  const reader = new EventReader((event, data) => events.push(`${event}=${data}`))
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += piece) reader.feed(bytes.subarray(at, at + piece))
  return events
}

test('events come out whole, however the bytes are cut', () => {
  const text = ': hello\n\nevent: plan\ndata: {"name":"größe"}\n\nevent: heartbeat\ndata: \n\n'
  for (let piece = 1; piece < text.length; piece++) {
    expect(read(text, piece)).toEqual(['plan={"name":"größe"}', 'heartbeat='])
  }
})

test('several data lines are one text, and an event that has not ended is none', () => {
  expect(read('event: plan\r\ndata: a\r\ndata:b\r\n\r\nevent: plan\ndata: c')).toEqual(['plan=a\nb'])
})

test('what has no name is no event of ours', () => {
  expect(read('data: x\n\nid: 1\nretry: 10\n\n')).toEqual([])
})

test('an event without an end is refused rather than kept', () => {
  const reader = new EventReader(() => {})
  const line = new TextEncoder().encode(`data: ${'x'.repeat(1024 * 1024)}\n`)
  const feed = () => {
    for (let count = 0; count < 20; count++) reader.feed(line)
  }
  expect(feed).toThrow('too long')
})
