import type { Door, ListenAt } from '@/lib/gateway/listener/door.ts'
import { type DoorName, doorName } from '@/lib/snapshot/deployment.ts'
import type { NodeReport } from '@/lib/snapshot/node-report.ts'
import type { SnapshotHead } from '@/lib/snapshot/snapshot-codec.ts'

export type ListenerReport = NodeReport['listeners'][number]

/** A door and how reports name it. */
export interface NamedDoor {
  readonly door: Door
  describe(port: number): ListenerReport
}

export interface NodeDoorsOptions {
  readonly create: (name: DoorName) => NamedDoor
  /** How long what is under way at a door that is given up may take. */
  readonly drainMs: number
  /** A door was opened or given up; `error` says which one could not be opened, and why. */
  readonly onChange: (error: { readonly door: DoorName; readonly cause: unknown } | null) => void
}

interface OpenDoor extends NamedDoor {
  /** Null until it is open. */
  port: number | null
}

/** The doors of a node, which come and go while it runs. None of them notices what happens to another. */
export class NodeDoors {
  readonly #options: NodeDoorsOptions
  readonly #doors = new Map<DoorName, OpenDoor>()
  /** Given up, and finishing what is under way. */
  readonly #leaving = new Map<Door, Promise<void>>()
  /** Of layer 4, and not to be had: no reason to serve nobody at the others. */
  readonly #missed = new Set<DoorName>()
  #wanted: ReadonlySet<DoorName> | null = null
  #head: SnapshotHead | null = null
  #isDraining = false
  #settle: { resolve: () => void; reject: (cause: unknown) => void } | null = null

  constructor(options: NodeDoorsOptions) {
    this.#options = options
  }

  /** Resolves once all that are wanted are open; rejects when one that speaks HTTP cannot be. */
  whenComplete(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#checkComplete()
    })
  }

  /** The doors to serve from now on: others are drained and closed. A name of a newer version is none of ours. */
  keep(names: readonly string[]): void {
    const known = names.map((name) => doorName.safeParse(name)).filter(({ success }) => success)
    this.#wanted = new Set(known.map(({ data }) => data as DoorName))
    for (const name of [...this.#doors.keys()]) {
      if (!this.#wanted.has(name)) this.#giveUp(name)
    }
    this.#checkComplete()
  }

  /** Opens a door that is wanted. Given one anew, it serves the new socket and drains the old one. */
  async open(name: string, at: ListenAt): Promise<void> {
    if (!this.#isWanted(name)) {
      closeUnused(at)
      return
    }
    this.#giveUp(name)
    this.#missed.delete(name)
    const entry: OpenDoor = { ...this.#options.create(name), port: null }
    this.#doors.set(name, entry)
    try {
      if (this.#head !== null) entry.door.configure?.(this.#head)
      entry.port = await entry.door.open(at)
      this.#options.onChange(null)
      this.#checkComplete()
    } catch (cause) {
      if (this.#doors.get(name) === entry) this.#failed(name, cause)
      // Frees what a door holds besides its port.
      void entry.door.drain()
    }
  }

  /** A snapshot runs. */
  configure(head: SnapshotHead): void {
    this.#head = head
    for (const { door } of this.#doors.values()) door.configure?.(head)
    for (const door of this.#leaving.keys()) door.configure?.(head)
  }

  /** Ports of the open ones. */
  get ports(): ReadonlyMap<DoorName, number> {
    const ports = new Map<DoorName, number>()
    for (const [name, { port }] of this.#doors) if (port !== null) ports.set(name, port)
    return ports
  }

  get listeners(): ListenerReport[] {
    return [...this.#doors.values()].flatMap((entry) =>
      entry.port === null ? [] : [entry.describe(entry.port)],
    )
  }

  get connections(): number {
    let count = 0
    for (const door of this.#all()) count += door.connections
    return count
  }

  /** Also takes no new ones any more. */
  async drain(): Promise<void> {
    this.#isDraining = true
    const serving = [...this.#doors.values()].map(({ door }) => door.drain())
    await Promise.all([...serving, ...this.#leaving.values()])
  }

  destroy(): void {
    for (const door of this.#all()) door.destroy()
  }

  #failed(name: DoorName, cause: unknown): void {
    this.#doors.delete(name)
    if (name.startsWith('nlb-')) this.#missed.add(name)
    else this.#settle?.reject(cause)
    this.#options.onChange({ door: name, cause })
    this.#checkComplete()
  }

  #isWanted(name: string): name is DoorName {
    return !this.#isDraining && (this.#wanted as ReadonlySet<string> | null)?.has(name) === true
  }

  #all(): Door[] {
    return [...[...this.#doors.values()].map(({ door }) => door), ...this.#leaving.keys()]
  }

  #giveUp(name: DoorName): void {
    const door = this.#doors.get(name)?.door
    if (door === undefined) return
    this.#doors.delete(name)
    const deadline = setTimeout(() => door.destroy(), this.#options.drainMs)
    const drained = door.drain().then(() => {
      clearTimeout(deadline)
      this.#leaving.delete(door)
    })
    this.#leaving.set(door, drained)
    this.#options.onChange(null)
  }

  #checkComplete(): void {
    if (this.#settle === null || this.#wanted === null) return
    for (const name of this.#wanted) {
      if ((this.#doors.get(name)?.port ?? null) === null && !this.#missed.has(name)) return
    }
    this.#settle.resolve()
    this.#settle = null
  }
}

/** A socket that came too late would hold its port. */
function closeUnused(at: ListenAt): void {
  if ('handle' in at) (at.handle as { close?: () => void }).close?.()
}
