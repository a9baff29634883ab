'use client'

import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { announce } from '@/components/ui/announce.ts'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { DebugCall, DebugState } from '@/lib/client/debug-caller.ts'
import { tokensPerSecond } from '@/lib/client/debug-run.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { requestHref } from '../model-api-href.ts'
import { AttemptsPopover } from './attempts-popover.tsx'
import { useElapsed } from './use-elapsed.ts'
import { useReasonText } from './use-reason-text.ts'

const tones: Record<DebugState, StatusTone> = {
  waiting: 'info',
  streaming: 'info',
  done: 'ok',
  stopped: 'idle',
  failed: 'bad',
}

interface StatusLineProps {
  readonly api: ModelApi
  readonly call: DebugCall | null
}

/** The latest call in one line: how far, how fast, where to, why. */
export function StatusLine({ api, call }: StatusLineProps) {
  const t = useTranslations('debug.status')
  const format = useFormat()
  const reasonText = useReasonText()
  const elapsed = useElapsed(call)
  const { workspace, may } = useWorkspace()
  const state = call?.state
  const settled = state === 'done' || state === 'stopped' || state === 'failed' ? t(`states.${state}`) : null
  useEffect(() => {
    if (settled !== null) announce(settled)
  }, [settled])
  if (call === null || state === undefined) {
    return (
      <p className="flex min-h-[37px] items-center border-t border-line text-meta text-ink-3">{t('ready')}</p>
    )
  }
  const { run } = call
  const { end } = run
  const speed = tokensPerSecond(run)
  const reason = reasonText(run.reason)
  return (
    <section
      aria-label={t('label')}
      className="tnum flex min-h-[37px] flex-wrap items-center gap-x-5 gap-y-1 border-t border-line py-1.5 text-meta text-ink-2"
    >
      <StatusText tone={tones[state]} detail={format.duration(elapsed)}>
        {t(`states.${state}`)}
      </StatusText>
      {run.firstTokenMs === null ? null : (
        <Figure label={t('firstToken')}>{format.duration(run.firstTokenMs)}</Figure>
      )}
      {end === null || (end.usage.input === null && end.usage.output === null) ? null : (
        <Figure label={t('tokens')}>
          {t('inOut', { input: format.number(end.usage.input), output: format.number(end.usage.output) })}
          {speed === null ? null : ` · ${t('speed', { speed: format.number(speed, speed < 10 ? 1 : 0) })}`}
        </Figure>
      )}
      {run.attempts.length === 0 ? null : <AttemptsPopover run={run} />}
      {reason === null ? null : <span>{reason}</span>}
      {end?.finishReason ? <Figure label={t('finish')}>{end.finishReason}</Figure> : null}
      {run.requestId === null ? null : (
        <span className="flex flex-wrap items-center gap-x-3 lg:ml-auto">
          <RequestId value={run.requestId} />
          {settled !== null && api.monitoring.enabled && may('requests.read') ? (
            <TextLink href={requestHref(workspace, api.id, run.requestId)}>{t('record')}</TextLink>
          ) : null}
        </span>
      )}
    </section>
  )
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span>
      {label} <span className="font-medium text-ink">{children}</span>
    </span>
  )
}
