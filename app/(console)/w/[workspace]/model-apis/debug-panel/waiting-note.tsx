'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { DebugCall } from '@/lib/client/debug-caller.ts'
import { useElapsed } from './use-elapsed.ts'

const longMs = 20_000

interface WaitingNoteProps {
  readonly call: DebugCall | null
  readonly onStop: () => void
}

/** While nothing has come: a clock and, after a while, that this is long. */
export function WaitingNote({ call, onStop }: WaitingNoteProps) {
  const t = useTranslations('debug.waiting')
  const format = useFormat()
  const elapsed = useElapsed(call)
  if (call?.state !== 'waiting' || elapsed === null) return null
  return (
    <div className="flex flex-wrap items-center gap-3 py-2 text-control text-ink-2">
      <span className="tnum">{t('clock', { elapsed: format.duration(elapsed) })}</span>
      {elapsed < longMs ? null : (
        <>
          <span role="status">{t('long')}</span>
          <Button size="sm" onClick={onStop}>
            {t('stop')}
          </Button>
        </>
      )}
    </div>
  )
}
