'use client'

import { useEffect, useRef, useState } from 'react'
import type { InferenceService } from '@/lib/domain/inference-service.ts'

const flashMs = 600
const none: ReadonlySet<string> = new Set()

/** The services that became something else while the list was open, for as long as their line lights up. */
export function useChangedRows(rows: readonly InferenceService[] | undefined): ReadonlySet<string> {
  const seen = useRef<ReadonlyMap<string, string>>(new Map())
  const [changed, setChanged] = useState(none)
  useEffect(() => {
    if (!rows) return
    const now = new Map(rows.map((row) => [row.id, `${row.version} ${row.status.state}`]))
    const different = rows.filter(({ id }) => seen.current.has(id) && seen.current.get(id) !== now.get(id))
    seen.current = now
    if (different.length > 0) setChanged(new Set(different.map(({ id }) => id)))
  }, [rows])
  useEffect(() => {
    if (changed.size === 0) return
    const timer = setTimeout(() => setChanged(none), flashMs)
    return () => clearTimeout(timer)
  }, [changed])
  return changed
}
