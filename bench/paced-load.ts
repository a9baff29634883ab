import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { monotonicMs } from './clock.ts'
import { requestBody, type Target } from './peers/peer.ts'
import { openRaw, rawRequest } from './raw-request.ts'
import { TurnWatch } from './turn-watch.ts'

export interface PacedFigures {
  durationsMs: number[]
  /** The longest, without what this process was late to read. */
  longestMs: number
  failures: number
}

interface Line {
  readonly socket: Socket
  sentAt: number
  isBusy: boolean
  text: string
}

const tickMs = 2

/** Small JSON at a fixed rate over a few connections, whatever the answers take; each connection has one request at a time. */
export class PacedLoad {
  readonly #target: Target
  readonly #request: Buffer
  readonly #watch = new TurnWatch()
  readonly #lines: Line[] = []
  #timer: NodeJS.Timeout | null = null
  #owed = 0
  figures: PacedFigures = noFigures()

  constructor(target: Target) {
    this.#target = target
    this.#request = rawRequest(target, requestBody)
  }

  reset(): void {
    this.figures = noFigures()
  }

  async start(requestsPerSecond: number, connections: number): Promise<void> {
    for (let count = 0; count < connections; count++) this.#lines.push(await this.#open())
    let last = monotonicMs()
    let turn = 0
    this.#timer = setInterval(() => {
      const now = monotonicMs()
      this.#owed = Math.min(connections, this.#owed + ((now - last) * requestsPerSecond) / 1000)
      last = now
      for (let tried = 0; tried < connections && this.#owed >= 1; tried++) {
        const line = this.#lines[turn++ % connections]
        if (line === undefined || line.isBusy) continue
        this.#owed -= 1
        this.#ask(line)
      }
    }, tickMs)
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    const deadline = monotonicMs() + 5_000
    while (this.#lines.some(({ isBusy }) => isBusy) && monotonicMs() < deadline) await pause(5)
    for (const { socket } of this.#lines) socket.destroy()
    this.#lines.length = 0
  }

  async #open(): Promise<Line> {
    let line: Line | null = null
    const socket = await openRaw(this.#target.origin, (bytes) => {
      if (line !== null) this.#read(line, bytes)
    })
    line = { socket, sentAt: 0, isBusy: false, text: '' }
    const opened = line
    socket.on('error', () => {})
    socket.once('close', () => {
      if (opened.isBusy) this.figures.failures += 1
      opened.isBusy = false
    })
    return line
  }

  #ask(line: Line): void {
    if (line.socket.destroyed) {
      this.figures.failures += 1
      return
    }
    line.isBusy = true
    line.text = ''
    line.sentAt = monotonicMs()
    line.socket.write(this.#request)
  }

  #read(line: Line, bytes: Buffer): void {
    const now = monotonicMs()
    const lateMs = this.#watch.lateMs(now)
    line.text += bytes.toString('latin1')
    if (!isWhole(line.text)) return
    line.isBusy = false
    const duration = now - line.sentAt
    this.figures.durationsMs.push(duration)
    this.figures.longestMs = Math.max(this.figures.longestMs, duration - lateMs)
    if (!line.text.startsWith('HTTP/1.1 200')) this.figures.failures += 1
  }
}

function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd === -1) return false
  const length = /^content-length: *(\d+)\r$/im.exec(text.slice(0, headEnd + 1))?.[1]
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= headEnd + 4 + Number(length)
}

function noFigures(): PacedFigures {
  return { durationsMs: [], longestMs: 0, failures: 0 }
}
