import type { ChildProcess } from './child-process.ts'
import type { HeldPort } from './held-port.ts'
import type { ProcessListener } from './supervised-process.ts'

type Doors = ReadonlyMap<string, HeldPort>

/** Gives a process the doors that it asks for, once. */
export function passDoors(
  doors: Doors,
  names: readonly string[],
): Required<Pick<ProcessListener, 'listenersWanted'>> {
  const served = new WeakSet<ChildProcess>()
  return {
    listenersWanted(_message, child) {
      if (served.has(child)) return
      served.add(child)
      for (const name of names) doors.get(name)?.pass(child.process, name)
    },
  }
}

/** A gateway without any snapshot answers that it has none, rather than nothing, after this time. */
const emptyPatienceMs = 15_000

/**
 * The same for all nodes of a gateway: one without a snapshot gets no caller where another could serve them, be it
 * the one that it is to relieve or its neighbour.
 */
export function passGatewayDoors(
  doors: Doors,
  names: readonly string[],
  patienceMs = emptyPatienceMs,
): Required<Pick<ProcessListener, 'listenersWanted'>> {
  const { listenersWanted: pass } = passDoors(doors, names)
  let hasServed = false
  return {
    listenersWanted(message, child, isReplacement) {
      if (message.revision !== null) {
        hasServed = true
        pass(message, child, isReplacement)
      } else if (!isReplacement) {
        const passLate = () => {
          if (!hasServed) pass(message, child, isReplacement)
        }
        setTimeout(passLate, patienceMs).unref()
      }
    },
  }
}
