import { asMessageFromSupervisor, type ListenersWantedMessage } from './process-messages.ts'

/** A listening socket of the supervisor's, for `server.listen(handle)`. */
export type PassedListener = object

export interface ListenerRequest {
  /** Resolves when all have come; never, if the supervisor keeps them for a process that can serve. */
  readonly listeners: Promise<ReadonlyMap<string, PassedListener>>
  /** Asks once more, with something better to show. */
  ask(revision: number | null): void
}

/** Asks the supervisor for the listening sockets of these doors. */
export function receiveListeners(doors: readonly string[], revision: number | null): ListenerRequest {
  const received = new Map<string, PassedListener>()
  const ask = (shown: number | null) => {
    const message: ListenersWantedMessage = { type: 'listeners-wanted', revision: shown }
    // A supervisor that is gone is told by `disconnect`.
    process.send?.(message, undefined, undefined, () => {})
  }
  const listeners = new Promise<ReadonlyMap<string, PassedListener>>((resolve) => {
    const take = (raw: unknown, handle: unknown) => {
      const message = asMessageFromSupervisor(raw)
      if (message?.type !== 'listener' || typeof handle !== 'object' || handle === null) return
      received.set(message.door, handle)
      if (!doors.every((door) => received.has(door))) return
      process.off('message', take)
      resolve(received)
    }
    process.on('message', take)
  })
  ask(revision)
  return { listeners, ask }
}
