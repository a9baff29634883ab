'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { ShellAction } from './shell-actions.ts'
import { useShell } from './shell-context.tsx'

const kept = 5

type Visit = { readonly href: string; readonly label: string; readonly section: string }

/** The objects looked at last in this tab, newest first; the palette offers them. */
export function useRecentPages(): ShellAction[] {
  const pathname = usePathname()
  const { crumbs, section } = useShell()
  const [visits, setVisits] = useState<readonly Visit[]>([])
  const label = crumbs.at(-1)?.label
  const place = section?.label ?? ''
  useEffect(() => {
    if (label === undefined) return
    const visit = { href: pathname, label, section: place }
    setVisits((before) => [visit, ...before.filter(({ href }) => href !== pathname)].slice(0, kept + 1))
  }, [pathname, label, place])
  return visits
    .filter(({ href }) => href !== pathname)
    .slice(0, kept)
    .map((visit) => ({
      id: `recent-${visit.href}`,
      group: 'recent',
      label: visit.label,
      detail: visit.section,
      href: visit.href,
    }))
}
