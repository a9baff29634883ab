import type { ChildProcess } from './child-process.ts'
import type { HeldPort } from './held-port.ts'
import type { ProcessListener } from './process-listener.ts'

/** Gives a process the doors that it asks for, once. */
export function passDoors(
  doors: ReadonlyMap<string, HeldPort>,
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
