'use client'

import { createContext, type ReactNode, useContext, useEffect, useId, useState } from 'react'
import type { Crumb } from '@/components/page/breadcrumb.tsx'
import {
  type ActionRegistry,
  type ShellAction,
  useActionRegistry,
  useRegisteredActions,
} from './shell-actions.ts'

export type ShellUser = { readonly name: string; readonly email: string }

export type ShellWorkspace = {
  readonly id: string
  /** As in `/w/<name>`. */
  readonly name: string
  readonly displayName: string
  readonly role: string
}

export type ShellSection = { readonly id: string; readonly label: string; readonly href: string }

type ShellValue = {
  readonly workspace: ShellWorkspace | undefined
  readonly section: ShellSection | undefined
  /** False when shortcuts of one letter are switched off. */
  readonly singleKeys: boolean
  readonly crumbs: readonly Crumb[]
  readonly setCrumbs: (crumbs: readonly Crumb[]) => void
  readonly registry: ActionRegistry
}

const nothing: ShellValue = {
  workspace: undefined,
  section: undefined,
  singleKeys: true,
  crumbs: [],
  setCrumbs: () => {},
  registry: { actions: [], register: () => {}, unregister: () => {} },
}

const ShellContext = createContext<ShellValue>(nothing)

export function useShell(): ShellValue {
  return useContext(ShellContext)
}

type ShellProviderProps = Pick<ShellValue, 'workspace' | 'section' | 'singleKeys'> & {
  readonly children: ReactNode
}

export function ShellProvider({ workspace, section, singleKeys, children }: ShellProviderProps) {
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([])
  const registry = useActionRegistry()
  return (
    <ShellContext value={{ workspace, section, singleKeys, crumbs, setCrumbs, registry }}>
      {children}
    </ShellContext>
  )
}

/** What follows the section in the breadcrumb, last one without `href`. */
export function useCrumbs(crumbs: readonly Crumb[]): void {
  const { setCrumbs } = useShell()
  const signature = JSON.stringify(crumbs)
  useEffect(() => {
    setCrumbs(JSON.parse(signature))
    return () => setCrumbs([])
  }, [signature, setCrumbs])
}

/** Puts what this page can do into the palette, and its `c` and `e` on the keyboard. */
export function useShellActions(actions: readonly ShellAction[]): void {
  const { registry } = useShell()
  useRegisteredActions(registry, useId(), actions)
}
