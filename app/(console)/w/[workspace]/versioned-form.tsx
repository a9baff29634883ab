'use client'

import { Fragment, type ReactNode, useEffect, useState } from 'react'

export interface Versioned {
  readonly version: number
}

export interface Edited<T extends Versioned> {
  /** What the form was filled from. */
  readonly base: T
  /** What the console has now. */
  readonly latest: T
  /** Starts the form again from the latest. */
  readonly onRebase: () => void
}

interface VersionedFormProps<T extends Versioned> {
  readonly latest: T
  readonly children: (edited: Edited<T>) => ReactNode
}

/** Holds what a form was filled from, so that live changes never overwrite what is being typed. */
export function VersionedForm<T extends Versioned>({ latest, children }: VersionedFormProps<T>) {
  const [base, setBase] = useState(latest)
  return <Fragment key={base.version}>{children({ base, latest, onRebase: () => setBase(latest) })}</Fragment>
}

/** Follows the latest while nothing has been typed. */
export function useFollowLatest<T extends Versioned>(
  { base, latest, onRebase }: Edited<T>,
  isDirty: boolean,
): void {
  const behind = latest.version !== base.version
  useEffect(() => {
    if (behind && !isDirty) onRebase()
  }, [behind, isDirty, onRebase])
}
