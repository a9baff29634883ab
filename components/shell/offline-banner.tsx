'use client'

import { useSyncExternalStore } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { StatusGlyph } from '@/components/feedback/status-glyph.tsx'

let offlineSince: number | null = null

function subscribe(listener: () => void): () => void {
  const change = () => {
    offlineSince = navigator.onLine ? null : (offlineSince ?? Date.now())
    listener()
  }
  window.addEventListener('online', change)
  window.addEventListener('offline', change)
  return () => {
    window.removeEventListener('online', change)
    window.removeEventListener('offline', change)
  }
}

/** Says since when what is shown may be old. Queries start again by themselves. */
export function OfflineBanner() {
  const t = useTranslations('shell')
  const format = useFormatter()
  const since = useSyncExternalStore(
    subscribe,
    () => offlineSince,
    () => null,
  )
  return (
    <div role="status">
      {since === null ? null : (
        <p className="flex items-center gap-2 border-b border-warn-line bg-warn-tint px-6 py-2 text-control">
          <StatusGlyph tone="warn" />
          {t('offline', {
            time: format.dateTime(since, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
          })}
        </p>
      )}
    </div>
  )
}
