/**
 * An event of the streaming upstream. Its id holds the event's number in its stream and the time of its sending on the
 * clock that all processes share, because gateways that rewrite events keep the id. Both have a fixed width.
 */
const numberDigits = 7
const timeDigits = 17
export const eventMarker = '"chatcmpl-'
export const stampLength = numberDigits + 1 + timeDigits

export function encodeEvent(number: number, sentMs: number): string {
  const stamp = `${String(number).padStart(numberDigits, '0')}x${String(Math.round(sentMs * 1000)).padStart(timeDigits, '0')}`
  return `data: {"id":${eventMarker}${stamp}","object":"chat.completion.chunk","created":1700000000,"model":"sample-model","choices":[{"index":0,"delta":{"content":" token"},"finish_reason":null}]}\n\n`
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
