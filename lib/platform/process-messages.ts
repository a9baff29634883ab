/**
 * What a supervisor and the processes under it say to each other over node's IPC channel. Both programs may be of
 * different versions for a while, so each ignores what it does not know.
 */

/** From a process: it serves. Whatever else it has to tell comes along. */
export type ReadyMessage = { readonly type: 'ready' } & Readonly<Record<string, unknown>>

/** From a process: it would serve now, if it had its listening sockets. */
export interface ListenersWantedMessage {
  readonly type: 'listeners-wanted'
  /** What a gateway node would serve; null where it has nothing yet. */
  readonly revision: number | null
}

/** From a process: it finishes what is under way and ends, so another may start in its place. */
export interface LeavingMessage {
  readonly type: 'leaving'
}

/** To a process, with the socket: one of the doors that it asked for. */
export interface ListenerMessage {
  readonly type: 'listener'
  readonly door: string
}

/** To a process: take nothing new, finish within this time, and end. Milliseconds. */
export interface DrainMessage {
  readonly type: 'drain'
  readonly withinMs: number
}

export type MessageToSupervisor = ReadyMessage | ListenersWantedMessage | LeavingMessage
export type MessageFromSupervisor = ListenerMessage | DrainMessage

export function asMessageToSupervisor(message: unknown): MessageToSupervisor | null {
  if (!isTyped(message)) return null
  switch (message.type) {
    case 'ready':
    case 'leaving':
      return message as ReadyMessage | LeavingMessage
    case 'listeners-wanted':
      return { type: 'listeners-wanted', revision: numberOrNull(message['revision']) }
    default:
      return null
  }
}

export function asMessageFromSupervisor(message: unknown): MessageFromSupervisor | null {
  if (!isTyped(message)) return null
  if (message.type === 'listener') return { type: 'listener', door: String(message['door']) }
  const withinMs = numberOrNull(message['withinMs'])
  return message.type === 'drain' && withinMs !== null ? { type: 'drain', withinMs } : null
}

function isTyped(message: unknown): message is { type: unknown } & Record<string, unknown> {
  return typeof message === 'object' && message !== null && 'type' in message
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
