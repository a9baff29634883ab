/** Something in a workspace is no longer as it was; the page asks for what it shows. */
export interface WorkspaceEvent {
  readonly kind: string
  readonly id: string
  readonly version: number | null
}

type Listener = (event: WorkspaceEvent) => void

/** Who watches a workspace in this process. Events of the shared gateway go to every workspace. */
export class WorkspaceEvents {
  readonly #listeners = new Map<string, Set<Listener>>()

  subscribe(workspaceId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(workspaceId) ?? new Set()
    this.#listeners.set(workspaceId, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(workspaceId)
    }
  }

  emit(workspaceId: string, event: WorkspaceEvent): void {
    for (const listener of this.#listeners.get(workspaceId) ?? []) listener(event)
  }

  emitToAll(event: WorkspaceEvent): void {
    for (const workspaceId of this.#listeners.keys()) this.emit(workspaceId, event)
  }
}
