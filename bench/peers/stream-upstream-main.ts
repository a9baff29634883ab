import { type AddressInfo, createServer, type Socket } from 'node:net'
import { monotonicMs } from '@/bench/clock.ts'
import { encodeEvent, encodeMessageEvent, messageHead } from './stream-event.ts'

/**
 * The streaming upstream as a program: events at the pace that the model's name says, `stream-50` for fifty a second,
 * in OpenAI's form, or in Anthropic's below a path that ends with `/messages`.
 * On bare sockets and with one timer, because thousands of streams must cost it less than they cost a proxy.
 */
interface Stream {
  readonly socket: Socket
  readonly encode: typeof encodeEvent
  sent: number
}

const head =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n'
/** Streams by their period, then by the millisecond of it in which they send. */
const wheels = new Map<number, Array<Set<Stream>>>()
let lastTick = Math.floor(monotonicMs())

setInterval(() => {
  const now = Math.floor(monotonicMs())
  // What a late timer missed is sent at once: the pace is kept, and the events say when they were really sent.
  for (let tick = Math.max(lastTick + 1, now - 1000); tick <= now; tick++) {
    for (const slots of wheels.values()) for (const stream of slots[tick % slots.length] ?? []) send(stream)
  }
  lastTick = now
}, 1)

const server = createServer({ noDelay: true }, (socket) => {
  let request = ''
  socket.setEncoding('latin1').on('data', (text) => {
    request += text
    const rate = /"stream-(\d+)"[\s\S]*\}/.exec(request)?.[1]
    if (rate === undefined) return
    const isMessages = /^POST \S*\/messages[ ?]/.test(request)
    request = ''
    begin(socket, Math.round(1000 / Number(rate)), isMessages)
  })
  socket.on('error', () => {})
})
server.listen(0, '127.0.0.1', 8192, () => {
  process.send?.({ type: 'ready', port: (server.address() as AddressInfo).port })
})
process.once('disconnect', () => process.exit(0))

function begin(socket: Socket, periodMs: number, isMessages: boolean): void {
  const stream = { socket, encode: isMessages ? encodeMessageEvent : encodeEvent, sent: 0 }
  const wheel = wheels.get(periodMs) ?? Array.from({ length: periodMs }, () => new Set<Stream>())
  wheels.set(periodMs, wheel)
  // The first event goes at once, the next a period later.
  const slot = wheel[Math.floor(monotonicMs()) % periodMs]
  slot?.add(stream)
  socket.once('close', () => slot?.delete(stream))
  socket.write(head, 'latin1')
  if (isMessages) write(socket, messageHead)
  send(stream)
}

function send(stream: Stream): void {
  stream.sent += 1
  write(stream.socket, stream.encode(stream.sent, monotonicMs()))
}

function write(socket: Socket, chunk: string): void {
  socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`, 'latin1')
}
