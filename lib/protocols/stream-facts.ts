import type { ProtocolFailure, StreamEvent, Usage } from './canonical.ts'

/** What the gateway wants to know of a stream, gathered from its events. */
export class StreamFacts {
  usage: Usage | null = null
  failure: ProtocolFailure | null = null
  hasContent = false
  isDone = false

  add(event: StreamEvent): void {
    switch (event.type) {
      case 'start':
      case 'stop':
        return
      case 'usage':
        this.usage = event.usage
        return
      case 'error':
        this.failure ??= event.failure
        return
      case 'end':
        this.isDone = true
        return
      default:
        this.hasContent = true
    }
  }
}

/** Of an answer that cannot be read on. */
export function brokenStream(message: string): ProtocolFailure {
  return { kind: 'upstream', status: 502, message, code: null, param: null }
}
