'use client'

import { Fragment, type ReactNode, useEffect, useState } from 'react'
import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'
import { useModelApi } from '../model-api-context.ts'

export type PluginName = keyof ModelPlugins

export interface EditedPlugin<Name extends PluginName> {
  readonly name: Name
  /** What its form was filled from. */
  readonly base: ModelPlugins[Name]
  /** What the console has now. */
  readonly latest: ModelPlugins[Name]
  /** Starts the form again from the latest. */
  readonly onRebase: () => void
}

interface HeldPluginProps<Name extends PluginName> {
  readonly name: Name
  readonly children: (edited: EditedPlugin<Name>) => ReactNode
}

/** Holds what the form of one plugin was filled from; what is saved of the others does not disturb it. */
export function HeldPlugin<Name extends PluginName>({ name, children }: HeldPluginProps<Name>) {
  const latest = useModelApi().plugins[name]
  const [base, setBase] = useState(latest)
  return (
    <Fragment key={JSON.stringify(base)}>
      {children({ name, base, latest, onRebase: () => setBase(latest) })}
    </Fragment>
  )
}

/** Whether someone else changed it since the form was filled. */
export function isBehind<Name extends PluginName>({ base, latest }: EditedPlugin<Name>): boolean {
  return base !== latest && JSON.stringify(base) !== JSON.stringify(latest)
}

/** Follows the latest while nothing has been typed. */
export function useFollowPlugin<Name extends PluginName>(edited: EditedPlugin<Name>, isDirty: boolean): void {
  const { onRebase } = edited
  const behind = isBehind(edited)
  useEffect(() => {
    if (behind && !isDirty) onRebase()
  }, [behind, isDirty, onRebase])
}
