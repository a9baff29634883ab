'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import type { RequestRecord } from '@/lib/domain/request-record.ts'

type Outcome = Pick<RequestRecord, 'status' | 'errorSource'>

/** The status that the caller got, and whose fault a failure is. */
export function RequestStatus({ status, errorSource }: Outcome) {
  const t = useTranslations('requests')
  const source = status === 499 ? t('callerLeft') : errorSource === null ? null : t(`sources.${errorSource}`)
  return (
    <StatusText tone={toneOf({ status, errorSource })} detail={source}>
      <span className="tnum">{status}</span>
    </StatusText>
  )
}

function toneOf({ status, errorSource }: Outcome): StatusTone {
  if (status === 499) return 'idle'
  if (status >= 500) return 'bad'
  return status >= 400 || errorSource !== null ? 'warn' : 'ok'
}
