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
  const listeners = new Promise<ReadonlyMap<string, PassedListener>>((resolve) => {
    const stop = onListener((door, listener) => {
      received.set(door, listener)
      if (!doors.every((wanted) => received.has(wanted))) return
      stop()
      resolve(received)
    })
  })
  askForListeners(revision)
  return { listeners, ask: askForListeners }
}

/** Told of the doors of a process for as long as it runs. */
export interface DoorFollower {
  /** All doors that are to be served from now on. Comes before the sockets of those that are new. */
  doors(names: readonly string[]): void
  listener(door: string, listener: PassedListener): void
}

/** A supervisor of an earlier version announces no doors: it passes these two. */
const unannounced = ['internet', 'vpc']

/** Returns how to ask the supervisor for them, with the revision that would be served; asking again does no harm. */
export function followDoors(follower: DoorFollower): (revision: number | null) => void {
  let areAnnounced = false
  const announce = (doors: readonly string[]) => {
    areAnnounced = true
    follower.doors(doors)
  }
  process.on('message', (raw) => {
    const message = asMessageFromSupervisor(raw)
    if (message?.type === 'doors') announce(message.doors)
  })
  onListener((door, listener) => {
    if (!areAnnounced) announce(unannounced)
    follower.listener(door, listener)
  })
  return askForListeners
}

function onListener(take: (door: string, listener: PassedListener) => void): () => void {
  const onMessage = (raw: unknown, handle: unknown) => {
    const message = asMessageFromSupervisor(raw)
    if (message?.type !== 'listener' || typeof handle !== 'object' || handle === null) return
    take(message.door, handle)
  }
  process.on('message', onMessage)
  return () => process.off('message', onMessage)
}

function askForListeners(revision: number | null): void {
  const message: ListenersWantedMessage = { type: 'listeners-wanted', revision }
  // A supervisor that is gone is told by `disconnect`.
  process.send?.(message, undefined, undefined, () => {})
}
