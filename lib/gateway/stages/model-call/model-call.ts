import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { Deadline } from '@/lib/gateway/stages/forward/deadline.ts'
import type { Outgoing } from '@/lib/gateway/stages/forward/outgoing.ts'
import type { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import type { ModelRoute } from '@/lib/gateway/stages/model-call/model-route.ts'
import type { PreparedCall } from '@/lib/gateway/stages/model-call/prepare-call.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { AnswerContext } from '@/lib/protocols/codec.ts'

/** One request to a Model API on its way to one of its services; the same for all attempts and keys. */
export class ModelCall implements Outgoing {
  readonly runtime: Runtime
  readonly route: ModelRoute
  readonly exchange: Exchange
  readonly observation: Observation
  readonly notes: ModelCallNotes
  readonly deadline: Deadline
  readonly prepared: PreparedCall
  readonly held: HeldBytes
  readonly context: AnswerContext
  /** Makes who judges one answer; null: nobody does. */
  readonly judgeReply: (() => Judge) | null

  /** `now`: milliseconds since the epoch. `leftMs`: what is left of the time that all targets share. */
  constructor(
    runtime: Runtime,
    route: ModelRoute,
    observation: Observation,
    notes: ModelCallNotes,
    prepared: PreparedCall,
    held: HeldBytes,
    now: number,
    leftMs: number,
    judgeReply: (() => Judge) | null,
  ) {
    this.judgeReply = judgeReply
    this.runtime = runtime
    this.route = route
    this.exchange = observation.exchange
    this.observation = observation
    this.notes = notes
    this.prepared = prepared
    this.held = held
    this.context = {
      requestId: observation.requestId,
      model: prepared.asked ?? prepared.model,
      now: Math.floor(now / 1_000),
      streamUsage: prepared.streamUsage,
    }
    this.deadline = new Deadline(Math.min(route.service.requestTimeoutMs, leftMs), null)
  }

  get body(): Buffer | null {
    const { body, relayed } = this.prepared
    return relayed !== undefined && body.length === 0 ? null : body
  }

  get method(): string {
    return this.prepared.relayed?.method ?? 'POST'
  }

  /** 0: off. */
  get firstPacketTimeoutMs(): number {
    return this.prepared.isStream ? this.route.published.api.firstPacketTimeoutMs : 0
  }
}
