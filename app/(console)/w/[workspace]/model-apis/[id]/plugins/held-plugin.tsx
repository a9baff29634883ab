'use client'

import { Fragment, type ReactNode, type RefObject, useEffect, useState } from 'react'
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
  /** The latest is what this form has saved: it goes on as it is. */
  readonly onSaved: () => void
}

interface HeldPluginProps<Name extends PluginName> {
  readonly name: Name
  readonly children: (edited: EditedPlugin<Name>) => ReactNode
}

/** Holds what the form of one plugin was filled from; what is saved of the others does not disturb it. */
export function HeldPlugin<Name extends PluginName>({ name, children }: HeldPluginProps<Name>) {
  const latest = useModelApi().plugins[name]
  const [{ base, generation }, hold] = useState({ base: latest, generation: 0 })
  return (
    <Fragment key={generation}>
      {children({
        name,
        base,
        latest,
        onRebase: () => hold({ base: latest, generation: generation + 1 }),
        onSaved: () => hold({ base: latest, generation }),
      })}
    </Fragment>
  )
}

/** Whether someone else changed it since the form was filled. */
export function isBehind<Name extends PluginName>({ base, latest }: EditedPlugin<Name>): boolean {
  return base !== latest && JSON.stringify(base) !== JSON.stringify(latest)
}

/** Follows the latest while nothing has been typed. `saved` is what this form wrote last, as JSON. */
export function useFollowPlugin<Name extends PluginName>(
  edited: EditedPlugin<Name>,
  isDirty: boolean,
  saved: RefObject<string | null>,
): void {
  const { latest, onRebase, onSaved } = edited
  const behind = isBehind(edited)
  useEffect(() => {
    if (!behind || isDirty) return
    if (saved.current === JSON.stringify(latest)) onSaved()
    else onRebase()
  }, [behind, isDirty, saved, latest, onRebase, onSaved])
}
