'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Time } from '@/components/ui/time.tsx'
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
  const state = certificateTone(daysLeft)
  return (
    <StatusText
      tone={tones[state]}
      detail={
        <span className="text-ink-3">
          {t.rich('until', { time: () => <Time value={notAfter} style="absolute" /> })}
        </span>
      }
    >
      {state === 'expired' ? t('expired') : t('daysLeft', { days: daysLeft })}
    </StatusText>
  )
}
