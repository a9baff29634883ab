'use client'

import { useEffect, useState } from 'react'
import { onAnnouncement } from '@/components/ui/announce.ts'

/** Present from page load, because regions that appear with their text are often not read. */
export function LiveRegion() {
  const [spoken, setSpoken] = useState({ text: '', turn: 0 })
  useEffect(() => onAnnouncement((text) => setSpoken(({ turn }) => ({ text, turn: turn + 1 }))), [])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      <span key={spoken.turn}>{spoken.text}</span>
    </div>
  )
}
