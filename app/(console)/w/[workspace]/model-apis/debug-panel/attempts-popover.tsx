'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSentences } from '@/components/form/issue-text.ts'
import { OperationRail, type OperationStep } from '@/components/page/operation-rail.tsx'
import { Popover } from '@/components/ui/popover.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { DebugAttempt, DebugRun } from '@/lib/client/debug-run.ts'
import { useDebugView } from './debug-views.tsx'

/** Which services were asked one after another, and what each said. */
export function AttemptsPopover({ run }: { readonly run: DebugRun }) {
  const t = useTranslations('debug.attempts')
  const attemptText = useAttemptText()
  const [, setView] = useDebugView()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title={t('title')}
      align="center"
      trigger={
        <button
          type="button"
          className="rounded-tag text-accent-text hover:underline pointer-coarse:min-h-11"
        >
          {t('count', { count: run.attempts.length })}
        </button>
      }
    >
      <div className="mt-2.5 min-w-[240px]">
        <OperationRail
          label={t('title')}
          direction="vertical"
          steps={run.attempts.map(
            (attempt): OperationStep => ({
              name: <span translate="no">{attemptName(attempt)}</span>,
              state: stateOf(attempt),
              detail: attemptText(attempt),
            }),
          )}
        />
        <button
          type="button"
          onClick={() => {
            setOpen(false)
            void setView('raw')
          }}
          className="rounded-tag text-control text-accent-text hover:underline"
        >
          {t('showRequests')}
        </button>
      </div>
    </Popover>
  )
}

export function attemptName({ service, model }: DebugAttempt): string {
  return model === null ? service.name : `${service.name} · ${model}`
}

function stateOf({ ended }: DebugAttempt): OperationStep['state'] {
  if (ended === null) return 'current'
  return ended.reason === null ? 'done' : 'failed'
}

/** `502 in 340 ms`, and why. */
export function useAttemptText(): (attempt: DebugAttempt) => string {
  const t = useTranslations('debug.attempts')
  const format = useFormat()
  const sentence = useSentences()
  return ({ atMs, ended }) => {
    if (ended === null) return t('underWay')
    const duration = format.duration(ended.atMs - atMs)
    const outcome =
      ended.status === null
        ? t('unanswered', { duration })
        : t('answered', { status: ended.status, duration })
    return ended.message === null ? outcome : `${outcome} · ${sentence(ended.message)}`
  }
}
