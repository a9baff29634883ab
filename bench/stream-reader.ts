import type { Socket } from 'node:net'
import { monotonicMs } from './clock.ts'
import { streamRequest, type Target } from './peers/peer.ts'
import { eventMarker, eventNumber, eventSentMs, stampLength } from './peers/stream-event.ts'
import { openRaw, rawRequest } from './raw-request.ts'
import { TurnWatch } from './turn-watch.ts'

export interface StreamFigures {
  /** From sending a request to its first event. */
  readonly firstByteMs: number[]
  events: number
  /** Numbers that are missing between two events of one stream. */
  lost: number
  /** Streams that were refused, ended or failed while they should have flowed. */
  broken: number
  /** Between two arrivals on one stream, as they were. */
  gapMsMax: number
  /** The same without what the upstream sent late and what this reader was late to read. */
  netGapMsMax: number
  /** Of a sample of the events: from sending by the upstream to arrival. */
  travelMs: number[]
}

interface Stream {
  readonly askedAt: number
  socket: Socket | null
  number: number
  arrivedAt: number
  sentAt: number
  /** The beginning of an event whose end has not come. */
  rest: Buffer | null
  closing: boolean
  onFirst: () => void
}

const marker = Buffer.from(eventMarker)
const newline = 0x0a
const travelSample = 16

/** Many streams on bare sockets, read with as little work as there can be. */
export class StreamReader {
  readonly #target: Target
  readonly #request: Buffer
  readonly #periodMs: number
  readonly #watch = new TurnWatch()
  readonly #streams = new Set<Stream>()
  figures = noFigures()

  constructor(target: Target, chunksPerSecond: number) {
    this.#target = target
    this.#request = rawRequest(target, streamRequest(chunksPerSecond))
    this.#periodMs = 1000 / chunksPerSecond
  }

  get open(): number {
    return this.#streams.size
  }

  /** What came so far does not count any more. */
  reset(): void {
    this.figures = noFigures()
  }

  /** Resolves with the first event, or with the stream's end; the time from the request to then is its first-byte time. */
  async openOne(): Promise<() => void> {
    let stream: Stream | null = null
    let onFirst: () => void = () => {}
    const first = new Promise<void>((resolve) => {
      onFirst = resolve
    })
    const socket = await openRaw(this.#target.origin, (bytes) => {
      if (stream !== null) this.#read(stream, bytes)
    })
    stream = {
      askedAt: monotonicMs(),
      socket,
      number: 0,
      arrivedAt: 0,
      sentAt: 0,
      rest: null,
      closing: false,
      onFirst,
    }
    this.#streams.add(stream)
    const opened = stream
    socket.on('error', () => {})
    socket.once('close', () => this.#closed(opened))
    socket.write(this.#request)
    await first
    return () => this.#close(opened)
  }

  closeAll(): void {
    for (const stream of this.#streams) this.#close(stream)
  }

  #close(stream: Stream): void {
    stream.closing = true
    this.#streams.delete(stream)
    stream.socket?.destroy()
  }

  #closed(stream: Stream): void {
    this.#streams.delete(stream)
    if (!stream.closing) this.figures.broken += 1
    stream.onFirst()
  }

  #read(stream: Stream, fresh: Buffer): void {
    const now = monotonicMs()
    const lateMs = this.#watch.lateMs(now)
    const bytes = stream.rest === null ? fresh : Buffer.concat([stream.rest, fresh])
    let end = 0
    for (let at = bytes.indexOf(marker); at !== -1; at = bytes.indexOf(marker, end)) {
      const stamp = at + marker.length
      if (stamp + stampLength > bytes.length) break
      this.#take(stream, now, lateMs, eventNumber(bytes, stamp), eventSentMs(bytes, stamp))
      end = stamp + stampLength
    }
    // Events end with newlines; whatever else comes last may be a part of one.
    stream.rest =
      bytes.at(-1) === newline ? null : Buffer.from(bytes.subarray(Math.max(end, bytes.length - 64)))
  }

  #take(stream: Stream, now: number, lateMs: number, number: number, sentAt: number): void {
    const { figures } = this
    figures.events += 1
    if (stream.number === 0) {
      figures.firstByteMs.push(now - stream.askedAt)
      stream.onFirst()
    } else {
      figures.lost += number - stream.number - 1
      const gap = now - stream.arrivedAt
      const sentLate = Math.max(0, sentAt - stream.sentAt - this.#periodMs)
      if (gap > figures.gapMsMax) figures.gapMsMax = gap
      const net = gap - sentLate - lateMs
      if (net > figures.netGapMsMax) figures.netGapMsMax = net
    }
    if (figures.events % travelSample === 0) figures.travelMs.push(now - sentAt)
    stream.number = number
    stream.arrivedAt = now
    stream.sentAt = sentAt
  }
}

function noFigures(): StreamFigures {
  return { firstByteMs: [], events: 0, lost: 0, broken: 0, gapMsMax: 0, netGapMsMax: 0, travelMs: [] }
}
