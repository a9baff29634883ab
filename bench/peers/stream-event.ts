/**
 * An event of the streaming upstream. Its text holds the event's number in its stream and the time of its sending on
 * the clock that all processes share, because gateways that rewrite events, to another protocol even, keep the text.
 * Both have a fixed width.
 */
const numberDigits = 7
const timeDigits = 17
export const eventMarker = 'stamp-'
export const stampLength = numberDigits + 1 + timeDigits

export function encodeEvent(number: number, sentMs: number): string {
  return `data: {"id":"chatcmpl-01","object":"chat.completion.chunk","created":1700000000,"model":"sample-model","choices":[{"index":0,"delta":{"content":"${stampOf(number, sentMs)}"},"finish_reason":null}]}\n\n`
}

/** What comes before the first event of Anthropic's form. */
export const messageHead =
  'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"sample-model","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":18,"output_tokens":1}}}\n\n' +
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n'

export function encodeMessageEvent(number: number, sentMs: number): string {
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${stampOf(number, sentMs)}"}}\n\n`
}

function stampOf(number: number, sentMs: number): string {
  const time = String(Math.round(sentMs * 1000)).padStart(timeDigits, '0')
  return `${eventMarker}${String(number).padStart(numberDigits, '0')}x${time}`
}

/** Its number, read from where the marker ends. */
export function eventNumber(bytes: Buffer, at: number): number {
  return digits(bytes, at, numberDigits)
}

/** When it was sent, in milliseconds. */
export function eventSentMs(bytes: Buffer, at: number): number {
  return digits(bytes, at + numberDigits + 1, timeDigits) / 1000
}

function digits(bytes: Buffer, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index++) value = value * 10 + (bytes[index] ?? 48) - 48
  return value
}
