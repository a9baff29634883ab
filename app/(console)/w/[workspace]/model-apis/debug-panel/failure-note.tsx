'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { debugHint } from '@/lib/client/debug-hint.ts'
import type { DebugFailure } from '@/lib/client/debug-run.ts'

interface FailureNoteProps {
  readonly failure: DebugFailure
  readonly requestId: string | null
}

/** What went wrong, in whose words, and what helps. */
export function FailureNote({ failure, requestId }: FailureNoteProps) {
  const t = useTranslations('debug.failure')
  const sentence = useSentences()
  const { status, code, source, message, isBroken, retryAfter } = failure
  const hint = debugHint(failure)
  const title = isBroken ? t('broken') : t(`by.${source ?? 'unknown'}`, { status })
  return (
    <Callout tone="bad" title={title}>
      {message === null ? null : <span className="[overflow-wrap:anywhere]">{sentence(message)} </span>}
      {hint === null ? null : <span className="block text-ink-2">{t(`hints.${hint}`)}</span>}
      {retryAfter === null || message?.includes(`${retryAfter} s`) ? null : (
        <span className="block text-ink-2">
          {/^\d+$/.test(retryAfter)
            ? t('retryIn', { seconds: Number(retryAfter) })
            : t('retryAt', { time: retryAfter })}
        </span>
      )}
      <span className="flex flex-wrap items-center gap-x-3">
        {code === null ? null : <code className="font-mono text-meta text-ink-2">{code}</code>}
        {requestId === null ? null : <RequestId value={requestId} />}
      </span>
    </Callout>
  )
}
