'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

const showAfterMs = 200
const showForMs = 300

/** True once `loading` has lasted 200 ms, and then for at least 300 ms, so that nothing flickers. */
export function useDelayedLoading(loading: boolean): boolean {
  const [shown, setShown] = useState(false)
  const shownAt = useRef(0)
  useEffect(() => {
    if (loading === shown) return
    const wait = loading ? showAfterMs : Math.max(0, shownAt.current + showForMs - Date.now())
    const timer = setTimeout(() => {
      if (loading) shownAt.current = Date.now()
      setShown(loading)
    }, wait)
    return () => clearTimeout(timer)
  }, [loading, shown])
  return shown
}

type DelayedProps = { readonly loading: boolean; readonly skeleton: ReactNode; readonly children: ReactNode }

/** Nothing, then the skeleton, then the content: in the rhythm of `useDelayedLoading`. */
export function Delayed({ loading, skeleton, children }: DelayedProps) {
  const shown = useDelayedLoading(loading)
  if (shown) return skeleton
  return loading ? null : children
}
