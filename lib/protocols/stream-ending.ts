import type { ProtocolFailure } from './canonical.ts'
import type { ServiceCodec } from './codec.ts'
import { isJsonObject } from './json.ts'

/** How a stream of events ended, by its last bytes. */
export interface StreamEnding {
  /** It said that it was done, or why it stopped. */
  readonly isWhole: boolean
  /** The error that it ended with. */
  readonly failure: ProtocolFailure | null
  /** Its last event is whole, so that another one may follow. */
  readonly isBetweenEvents: boolean
}

/** Within the texts of a model each of these quotes would be escaped. */
const endForm = /^data: ?\[DONE\]|"type"\s*:\s*"message_stop"|"(?:finish_reason|stop_reason)"\s*:\s*"/m
const errorForm = /"error"\s*:\s*[{"]/
const eventEndForm = /(?:\n\n|\r\n\r\n|\r\r)$/
const lineForm = /\r\n|\n|\r/

/** Reads formats that stream as server-sent events; `tail` is the end of the stream, or all of it. */
export function readStreamEnding(service: ServiceCodec, tail: Buffer): StreamEnding {
  const text = tail.toString('utf8')
  return {
    isWhole: endForm.test(text),
    failure: errorForm.test(text) ? lastFailure(service, text) : null,
    isBetweenEvents: text === '' || eventEndForm.test(text),
  }
}

/** An error is the last that a stream says, but perhaps for `[DONE]`. */
function lastFailure(service: ServiceCodec, text: string): ProtocolFailure | null {
  for (const line of text.split(lineForm).reverse()) {
    if (!line.startsWith('data:') || !errorForm.test(line)) continue
    const body = parse(line.slice('data:'.length))
    return isJsonObject(body) ? service.failureWithin(body) : null
  }
  return null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
