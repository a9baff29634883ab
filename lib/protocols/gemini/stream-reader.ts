import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { brokenOff } from '@/lib/protocols/failure-kind.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  isEmptyFrame,
  numberOf,
  objectOf,
  objectsOf,
  parseFrame,
  textOf,
} from '@/lib/protocols/json-reading.ts'
import { callScope } from './call-ids.ts'
import { googleFailureWithin } from './failure.ts'
import { stopReasonOf } from './finish-reason.ts'
import { readModelPart } from './read-parts.ts'
import { usageOf } from './usage.ts'

interface Candidate {
  calls: number
  stop: Stop | null
}

/**
 * Each chunk is a whole answer with what is new; the stream has no last event of its own. Stops and usage, which is
 * cumulative, are told when the bytes end, since some models name a finish reason in every chunk.
 */
export class GeminiStreamReader implements StreamReader {
  readonly #candidates = new Map<number, Candidate>()
  #scope: string | null = null
  #usage: Usage | null = null
  #isOver = false

  read(frame: Frame): readonly StreamEvent[] {
    if (this.#isOver || isEmptyFrame(frame.data)) return []
    const chunk = parseFrame(frame.data)
    const failure = googleFailureWithin(chunk)
    if (failure !== null) {
      this.#isOver = true
      return [{ type: 'error', failure }, { type: 'end' }]
    }
    this.#usage = usageOf(chunk['usageMetadata']) ?? this.#usage
    const events = this.#start(chunk)
    const candidates = objectsOf(chunk['candidates'])
    candidates.forEach((candidate, position) => {
      events.push(...this.#readCandidate(candidate, numberOf(candidate['index']) ?? position))
    })
    if (objectOf(chunk['promptFeedback'])['blockReason'] !== undefined && candidates.length === 0) {
      this.#candidate(0).stop = { reason: 'content-filter', sequence: null }
    }
    return events
  }

  end(): readonly StreamEvent[] {
    if (this.#isOver) return []
    this.#isOver = true
    const candidates = [...this.#candidates].sort(([first], [second]) => first - second)
    if (candidates.length === 0 || candidates.some(([, candidate]) => candidate.stop === null)) {
      return [...this.#usageEvents(), { type: 'error', failure: brokenOff }, { type: 'end' }]
    }
    const stops = candidates.flatMap(([choice, { stop }]): StreamEvent[] =>
      stop === null ? [] : [{ type: 'stop', choice, stop }],
    )
    return [...stops, ...this.#usageEvents(), { type: 'end' }]
  }

  #usageEvents(): readonly StreamEvent[] {
    return this.#usage === null ? [] : [{ type: 'usage', usage: this.#usage }]
  }

  #start(chunk: JsonObject): StreamEvent[] {
    if (this.#scope !== null) return []
    const id = textOf(chunk['responseId']) ?? ''
    this.#scope = callScope(id)
    return [{ type: 'start', id, model: textOf(chunk['modelVersion']) ?? '', createdAt: null }]
  }

  #candidate(choice: number): Candidate {
    const known = this.#candidates.get(choice)
    if (known !== undefined) return known
    refuseTooMany(this.#candidates.size, 'candidates')
    const candidate: Candidate = { calls: 0, stop: null }
    this.#candidates.set(choice, candidate)
    return candidate
  }

  #readCandidate(raw: JsonObject, choice: number): readonly StreamEvent[] {
    const candidate = this.#candidate(choice)
    const events = objectsOf(objectOf(raw['content'])['parts']).flatMap((part) =>
      this.#readPart(part, choice, candidate),
    )
    const finishReason = textOf(raw['finishReason'])
    if (finishReason !== null) {
      candidate.stop = { reason: stopReasonOf(finishReason, candidate.calls > 0), sequence: null }
    }
    return events
  }

  #readPart(raw: JsonObject, choice: number, candidate: Candidate): readonly StreamEvent[] {
    const nameCall = (): string => `${this.#scope}_${choice}_${candidate.calls}`
    return readModelPart(raw, nameCall).flatMap((part): StreamEvent[] => {
      if (part.type === 'text') return [{ type: 'text', choice, text: part.text }]
      if (part.type === 'reasoning') {
        const { text, signature } = part
        const thought: StreamEvent[] = text === '' ? [] : [{ type: 'reasoning', choice, text }]
        return signature === null ? thought : [...thought, { type: 'reasoning-signature', choice, signature }]
      }
      if (part.type !== 'tool-call') return []
      refuseTooMany(candidate.calls, 'calls')
      const index = candidate.calls++
      const { id, name, signature } = part
      const call = { type: 'tool-call', choice, index, id, name } as const
      return [
        signature === undefined ? call : { ...call, signature },
        { type: 'tool-arguments', choice, index, text: part.arguments },
      ]
    })
  }
}
