import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { monotonicMs } from './clock.ts'
import { encodeEvent } from './peers/stream-event.ts'
import { StreamReader } from './stream-reader.ts'

const closers: Array<() => void> = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function openReader() {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n')
      socket.write(encodeEvent(1, monotonicMs()))
      sockets.push(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const reader = new StreamReader({ origin: `http://127.0.0.1:${port}`, path: '/', headers: {} }, 50)
  closers.push(() => {
    reader.closeAll()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const leave = await reader.openOne()
  const [socket] = sockets
  if (socket === undefined) throw new Error('Nobody connected.')
  return { reader, socket, leave }
}

const countOf = (reader: StreamReader, events: number) =>
  vi.waitFor(() => expect(reader.figures.events).toBe(events))

test('reads each event once, wherever the bytes are cut', async () => {
  const { reader, socket } = await openReader()
  let next = 2
  for (const cut of [8, 20, 35, 230]) {
    reader.reset()
    const base = next
    next += 2
    const text = encodeEvent(base, monotonicMs()) + encodeEvent(base + 1, monotonicMs())
    socket.write(text.slice(0, cut))
    await new Promise((resolve) => setImmediate(resolve))
    socket.write(text.slice(cut))
    await countOf(reader, 2)
    expect(reader.figures.lost).toBe(0)
  }
})

test('counts numbers that are missing, and streams that end', async () => {
  const { reader, socket } = await openReader()
  socket.write(encodeEvent(4, monotonicMs()))
  await countOf(reader, 2)
  expect(reader.figures.lost).toBe(2)
  socket.destroy()
  await vi.waitFor(() => expect(reader.figures.broken).toBe(1))
  expect(reader.open).toBe(0)
})

test('blames nobody on the way for what the upstream sent late', async () => {
  const { reader, socket } = await openReader()
  const begun = monotonicMs()
  await vi.waitFor(() => expect(monotonicMs() - begun).toBeGreaterThan(80), { interval: 10 })
  socket.write(encodeEvent(2, monotonicMs()))
  await countOf(reader, 2)
  expect(reader.figures.gapMsMax).toBeGreaterThan(80)
  expect(reader.figures.netGapMsMax).toBeLessThan(reader.figures.gapMsMax - 40)
})

test('does not count a caller that leaves as a broken stream', async () => {
  const { reader, socket, leave } = await openReader()
  leave()
  await new Promise((resolve) => socket.once('close', resolve))
  expect(reader.figures.broken).toBe(0)
})
