import type { StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { brokenOff } from '@/lib/protocols/failure-kind.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { isEmptyFrame, numberOf, objectOf, parseFrame, textOf } from '@/lib/protocols/json-reading.ts'
import { failedRun, readErrorEvent } from './failure.ts'
import { usageOf } from './usage.ts'

/**
 * Chats send `message`, agents `agent_message`; what nodes and tools do meanwhile (`workflow_*`, `node_*`,
 * `agent_thought`, whose thoughts are also sent as messages) is passed over.
 */
export class DifyChatStreamReader implements StreamReader {
  #isStarted = false
  #isStopped = false
  #isReplaced = false
  #usage: Usage | null = null
  #isOver = false

  read(frame: Frame): readonly StreamEvent[] {
    if (this.#isOver || frame.event === 'ping' || isEmptyFrame(frame.data)) return []
    const event = parseFrame(frame.data)
    const told = this.#readEvent(event)
    if (this.#isStarted || told.length === 0) return told
    this.#isStarted = true
    const id = textOf(event['message_id']) ?? ''
    return [{ type: 'start', id, model: '', createdAt: numberOf(event['created_at']) }, ...told]
  }

  end(): readonly StreamEvent[] {
    if (this.#isOver) return []
    this.#isOver = true
    const usage: StreamEvent[] = this.#usage === null ? [] : [{ type: 'usage', usage: this.#usage }]
    if (this.#isStopped) return [...usage, { type: 'end' }]
    return [...usage, { type: 'error', failure: brokenOff }, { type: 'end' }]
  }

  #readEvent(event: JsonObject): readonly StreamEvent[] {
    switch (event['event']) {
      case 'message':
      case 'agent_message':
        return text(event)
      case 'message_replace':
        this.#isReplaced = true
        return text(event)
      case 'message_end':
        return this.#stop(event)
      case 'workflow_finished': {
        const { status, error } = objectOf(event['data'])
        return status === 'failed' ? this.#fail(failedRun(textOf(error))) : []
      }
      case 'error':
        return this.#fail(readErrorEvent(event))
      default:
        return []
    }
  }

  /** What moderation replaced has been sent already: the answer ends as filtered. */
  #stop(event: JsonObject): readonly StreamEvent[] {
    if (this.#isStopped) return []
    this.#isStopped = true
    this.#usage = usageOf(objectOf(event['metadata'])['usage'])
    const reason = this.#isReplaced ? 'content-filter' : 'end'
    return [{ type: 'stop', choice: 0, stop: { reason, sequence: null } }]
  }

  #fail(failure: (StreamEvent & { readonly type: 'error' })['failure']): readonly StreamEvent[] {
    this.#isOver = true
    return [{ type: 'error', failure }, { type: 'end' }]
  }
}

function text(event: JsonObject): readonly StreamEvent[] {
  const answer = textOf(event['answer'])
  return answer ? [{ type: 'text', choice: 0, text: answer }] : []
}
