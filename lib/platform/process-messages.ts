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

/** From a gateway node, about once a second: how busy it is, 0 to 1 of a core, since the last one. */
export interface LoadMessage {
  readonly type: 'load'
  readonly utilization: number
}

/** To a process, with the socket: a door to serve. Also later, when one is added. */
export interface ListenerMessage {
  readonly type: 'listener'
  readonly door: string
}

/** To a process: the doors that it is to serve. Those that are missing here are drained and closed. */
export interface DoorsMessage {
  readonly type: 'doors'
  readonly doors: readonly string[]
}

/** To a name server: the zones that it answers for, as lib/snapshot/deployment.ts has them; all of them, each time. */
export interface ZonesMessage {
  readonly type: 'zones'
  readonly zones: unknown
}

/** To a process: take nothing new, finish within this time, and end. Milliseconds. */
export interface DrainMessage {
  readonly type: 'drain'
  readonly withinMs: number
}

export type MessageToSupervisor = ReadyMessage | ListenersWantedMessage | LeavingMessage | LoadMessage
export type MessageFromSupervisor = ListenerMessage | DoorsMessage | ZonesMessage | DrainMessage

export function asMessageToSupervisor(message: unknown): MessageToSupervisor | null {
  if (!isTyped(message)) return null
  switch (message.type) {
    case 'ready':
    case 'leaving':
      return message as ReadyMessage | LeavingMessage
    case 'listeners-wanted':
      return { type: 'listeners-wanted', revision: numberOrNull(message['revision']) }
    case 'load':
      return { type: 'load', utilization: numberOrNull(message['utilization']) ?? 0 }
    default:
      return null
  }
}

export function asMessageFromSupervisor(message: unknown): MessageFromSupervisor | null {
  if (!isTyped(message)) return null
  if (message.type === 'listener') return { type: 'listener', door: String(message['door']) }
  if (message.type === 'doors' && Array.isArray(message['doors']))
    return { type: 'doors', doors: message['doors'].map(String) }
  if (message.type === 'zones') return { type: 'zones', zones: message['zones'] }
  const withinMs = numberOrNull(message['withinMs'])
  return message.type === 'drain' && withinMs !== null ? { type: 'drain', withinMs } : null
}

function isTyped(message: unknown): message is { type: unknown } & Record<string, unknown> {
  return typeof message === 'object' && message !== null && 'type' in message
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
