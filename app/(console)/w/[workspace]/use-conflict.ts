'use client'

import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { FormHeld } from './form-held.ts'
import { useOverwrite } from './use-overwrite.ts'
import type { Edited, Versioned } from './versioned-form.tsx'

interface ConflictOptions<T extends Versioned> {
  readonly edited: Edited<T>
  readonly isDirty: boolean
  /** The names of the fields that this form edits. */
  readonly labels: Readonly<Partial<Record<keyof T & string, string>>>
  /** Where the object lives, to fetch what someone else saved. */
  readonly queryKey: QueryKey
}

/** Saves over someone else's version only by Overwrite, after it was shown. */
export function useConflict<T extends Versioned>({ edited, isDirty, labels, queryKey }: ConflictOptions<T>) {
  const { base, latest, onRebase } = edited
  const queryClient = useQueryClient()
  const names = Object.keys(labels) as (keyof T & string)[]
  const theirs = names
    .filter((name) => text(base[name]) !== text(latest[name]))
    .map((name) => ({
      id: name,
      label: labels[name],
      from: text(base[name]) || '—',
      to: text(latest[name]) || '—',
    }))
  const behind = isDirty && latest.version !== base.version
  const { onOverwrite, requireMeant } = useOverwrite(behind)
  const save = async (write: (version: number) => Promise<unknown>) => {
    requireMeant()
    try {
      await write(latest.version)
    } catch (error) {
      if (!(error instanceof ConsoleApiError) || error.code !== 'version_conflict') throw error
      await queryClient.invalidateQueries({ queryKey })
      throw new FormHeld()
    }
  }
  return { save, conflict: behind ? { theirs, onOverwrite, onTakeTheirs: onRebase } : null }
}

function text(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '')
}
