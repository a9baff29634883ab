import type { DebugEvent, ShownRequest } from '@/lib/domain/debug.ts'
import type { RouteReason } from '@/lib/domain/route-reason.ts'
import { type DebugContent, dataOf, type FrameKind, frameKind, noContent, withData } from './debug-content.ts'

type EventOf<T extends DebugEvent['type']> = Extract<DebugEvent, { type: T }>

export interface DebugAttempt {
  readonly index: number
  readonly atMs: number
  readonly service: { readonly id: string; readonly name: string }
  readonly model: string | null
  /** Null: none could be sent. */
  readonly request: ShownRequest | null
  readonly isConverted: boolean
  readonly dropped: readonly string[]
  /** Null: under way. */
  readonly ended: AttemptEnd | null
}

type AttemptEnd = Omit<EventOf<'attempt-ended'>, 'type' | 'index'>

export interface DebugFrame {
  readonly index: number
  readonly atMs: number
  readonly bytes: number
  readonly encoding: 'text' | 'base64'
  readonly content: string
  readonly kind: FrameKind
}

/** One call as far as it has been told. */
export interface DebugRun {
  readonly requestId: string | null
  readonly sent: ShownRequest | null
  readonly reason: RouteReason | null
  readonly attempts: readonly DebugAttempt[]
  readonly head: EventOf<'head'> | null
  readonly frames: readonly DebugFrame[]
  /** Frames that came after the page held as many as it can. */
  readonly framesLost: number
  readonly content: DebugContent
  readonly firstTokenMs: number | null
  readonly end: EventOf<'end'> | null
}

export const noRun: DebugRun = {
  requestId: null,
  sent: null,
  reason: null,
  attempts: [],
  head: null,
  frames: [],
  framesLost: 0,
  content: noContent,
  firstTokenMs: null,
  end: null,
}

export const framesMax = 20_000

/** The run once these have happened, in their order. Lists are copied once for all of them. */
export function runAfter(run: DebugRun, events: readonly DebugEvent[]): DebugRun {
  const frames = [...run.frames]
  let next: DebugRun = run
  for (const event of events) {
    next = event.type === 'frame' ? withFrame(next, frames, event) : withEvent(next, frames, event)
  }
  return { ...next, frames }
}

function withEvent(
  run: DebugRun,
  frames: readonly DebugFrame[],
  event: Exclude<DebugEvent, EventOf<'frame'>>,
): DebugRun {
  switch (event.type) {
    case 'sent':
      return { ...run, requestId: event.requestId, sent: event.request }
    case 'routed':
      return { ...run, reason: event.reason }
    case 'attempt': {
      const { type: _, ...attempt } = event
      return { ...run, attempts: [...run.attempts, { ...attempt, ended: null }] }
    }
    case 'attempt-ended': {
      const { type: _, index, ...ended } = event
      const attempts = run.attempts.map((attempt) =>
        attempt.index === index ? { ...attempt, ended } : attempt,
      )
      return { ...run, attempts }
    }
    case 'head':
      return { ...run, head: event }
    case 'end': {
      const content = isStream(run) ? run.content : withData(run.content, textOf(frames))
      return { ...run, content, end: event, firstTokenMs: event.firstTokenMs ?? run.firstTokenMs }
    }
  }
}

function withFrame(run: DebugRun, frames: DebugFrame[], event: EventOf<'frame'>): DebugRun {
  const data = event.encoding === 'text' && isStream(run) ? dataOf(event.content) : null
  const content = data === null ? run.content : withData(run.content, data)
  if (frames.length >= framesMax) return { ...run, content, framesLost: run.framesLost + 1 }
  const { type: _, ...frame } = event
  frames.push({ ...frame, index: frames.length, kind: frameKind(data) })
  const speaks = content.text !== '' || content.reasoning !== '' || content.toolCalls.length > 0
  return { ...run, content, firstTokenMs: run.firstTokenMs ?? (speaks ? event.atMs : null) }
}

export function headerOf({ head }: Pick<DebugRun, 'head'>, wanted: string): string | null {
  return head?.headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null
}

export function isStream(run: Pick<DebugRun, 'head'>): boolean {
  return headerOf(run, 'content-type')?.toLowerCase().startsWith('text/event-stream') ?? false
}

/** The whole answer; a character may be spread over two frames, which then come as bytes. */
export function textOf(frames: readonly DebugFrame[]): string {
  if (frames.every(({ encoding }) => encoding === 'text'))
    return frames.map(({ content }) => content).join('')
  return new TextDecoder().decode(bytesOf(frames))
}

export function bytesOf(frames: readonly DebugFrame[]): Uint8Array<ArrayBuffer> {
  const pieces = frames.map(({ encoding, content }) =>
    encoding === 'text'
      ? new TextEncoder().encode(content)
      : Uint8Array.from(atob(content), (character) => character.charCodeAt(0)),
  )
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** What went wrong with an answer that came. */
export interface DebugFailure {
  readonly status: number
  readonly code: string | null
  readonly source: 'client' | 'gateway' | 'upstream' | null
  /** In the words of whoever failed; null where there are none. */
  readonly message: string | null
  readonly isBroken: boolean
  /** Seconds, or a date, as `Retry-After` says. */
  readonly retryAfter: string | null
}

export function failureOf(run: DebugRun): DebugFailure | null {
  const { end, content } = run
  if (end === null) return null
  if (end.status < 400 && !end.isBroken && content.error === null) return null
  return {
    status: end.status,
    code: end.errorCode,
    source: end.errorSource,
    message: content.error ?? lastMessage(run),
    isBroken: end.isBroken,
    retryAfter: headerOf(run, 'retry-after'),
  }
}

function lastMessage({ attempts }: DebugRun): string | null {
  return attempts.at(-1)?.ended?.message ?? null
}

/** Who answers, or did: the last service that was asked. */
export function answeringAttempt({ attempts }: DebugRun): DebugAttempt | null {
  return attempts.at(-1) ?? null
}

/** Tokens for each second since the first one; null where there is nothing to divide. */
export function tokensPerSecond({ end, firstTokenMs }: DebugRun): number | null {
  const output = end?.usage.output ?? null
  if (end === null || output === null || firstTokenMs === null || end.atMs <= firstTokenMs) return null
  return (output * 1000) / (end.atMs - firstTokenMs)
}
