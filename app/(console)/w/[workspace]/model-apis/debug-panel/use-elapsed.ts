'use client'

import { useEffect, useState } from 'react'
import { type DebugCall, isUnderWay } from '@/lib/client/debug-caller.ts'

const tickMs = 100

/** Milliseconds that a call took, or takes so far. */
export function useElapsed(call: DebugCall | null): number | null {
  const [now, setNow] = useState(() => Date.now())
  const underWay = isUnderWay(call)
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [underWay])
  if (call === null) return null
  if (underWay) return Math.max(0, now - call.startedAt)
  return call.run.end?.atMs ?? (call.endedAt ?? call.startedAt) - call.startedAt
}
