'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { certificateTone } from './certificate-tone.ts'

interface CertificateValidityProps {
  readonly notAfter: string
  readonly daysLeft: number
}

const tones: Record<ReturnType<typeof certificateTone>, StatusTone> = {
  valid: 'ok',
  soon: 'warn',
  danger: 'bad',
  expired: 'bad',
}

/** Until when, and how many days that is. */
export function CertificateValidity({ notAfter, daysLeft }: CertificateValidityProps) {
  const t = useTranslations('certificates.validity')
  const format = useFormatter()
  const state = certificateTone(daysLeft)
  return (
    <StatusText
      tone={tones[state]}
      detail={
        <time dateTime={notAfter} className="whitespace-nowrap text-ink-3">
          {t('until', { date: format.dateTime(new Date(notAfter), { dateStyle: 'medium' }) })}
        </time>
      }
    >
      {state === 'expired' ? t('expired') : t('daysLeft', { days: daysLeft })}
    </StatusText>
  )
}
