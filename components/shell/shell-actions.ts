'use client'

import { useEffect, useRef, useState } from 'react'

export type ActionGroup = 'page' | 'goTo' | 'create' | 'find' | 'recent' | 'preferences'

/** Something the palette can do. Destructive ones must open their dialog, never act. */
export type ShellAction = {
  readonly id: string
  readonly group: ActionGroup
  readonly label: string
  /** Quieter, at the right: an id, a kind. */
  readonly detail?: string
  /** More words that find it: names in the other language, identifiers. */
  readonly keywords?: string
  readonly href?: string
  readonly run?: () => void
  /** `c` creates, `e` edits; the shell listens for it. */
  readonly shortcut?: string
}

export type ActionRegistry = {
  readonly actions: readonly ShellAction[]
  readonly register: (owner: string, actions: readonly ShellAction[]) => void
  readonly unregister: (owner: string) => void
}

export function useActionRegistry(): ActionRegistry {
  const [owners, setOwners] = useState<ReadonlyMap<string, readonly ShellAction[]>>(new Map())
  const [registry] = useState(() => ({
    register: (owner: string, actions: readonly ShellAction[]) =>
      setOwners((current) => new Map(current).set(owner, actions)),
    unregister: (owner: string) =>
      setOwners((current) => new Map([...current].filter(([other]) => other !== owner))),
  }))
  return { actions: [...owners.values()].flat(), ...registry }
}

/** Registers actions for as long as the caller is mounted; handlers stay fresh without registering again. */
export function useRegisteredActions(
  registry: Pick<ActionRegistry, 'register' | 'unregister'>,
  owner: string,
  actions: readonly ShellAction[],
): void {
  const latest = useRef(actions)
  latest.current = actions
  const { register, unregister } = registry
  const signature = JSON.stringify(actions)
  useEffect(() => {
    const described: ShellAction[] = JSON.parse(signature)
    const stable = described.map((action, index) => ({
      ...action,
      ...(latest.current[index]?.run ? { run: () => latest.current[index]?.run?.() } : {}),
    }))
    register(owner, stable)
    return () => unregister(owner)
  }, [register, unregister, owner, signature])
}
