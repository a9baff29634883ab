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

/** The same for gateway nodes: one that relieves another gets no caller before it has something to serve. */
export function passGatewayDoors(doors: Doors, names: readonly string[]): ProcessListener {
  const { listenersWanted } = passDoors(doors, names)
  return {
    listenersWanted(message, child, isReplacement) {
      if (isReplacement && message.revision === null) return
      listenersWanted(message, child, isReplacement)
    },
  }
}
