'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import type { Domain } from '@/lib/domain/domain-name.ts'

const effectTones: Record<Domain['effect'], StatusTone> = {
  live: 'ok',
  publishing: 'info',
  'waiting-for-certificate': 'info',
  'gateway-off': 'idle',
}

const dnsTones: Record<Domain['dns']['state'], StatusTone> = {
  resolves: 'ok',
  missing: 'warn',
  elsewhere: 'warn',
  unknown: 'pending',
}

/** Whether nodes serve the name yet. */
export function DomainEffect({ domain }: { readonly domain: Pick<Domain, 'effect' | 'certificateError'> }) {
  const t = useTranslations('domain-form')
  const { effect, certificateError } = domain
  if (effect === 'waiting-for-certificate' && certificateError !== null) {
    return <StatusText tone="bad">{t('effects.certificate-failed')}</StatusText>
  }
  return <StatusText tone={effectTones[effect]}>{t(`effects.${effect}`)}</StatusText>
}

/** Where the name leads, as last looked up. */
export function DomainDns({ dns }: { readonly dns: Domain['dns'] }) {
  const t = useTranslations('domain-form')
  return (
    <StatusText
      tone={dnsTones[dns.state]}
      detail={dns.found === null ? undefined : <span className="font-mono text-meta">{dns.found}</span>}
    >
      {t(`dns.${dns.state}`)}
    </StatusText>
  )
}

const warnDays = 30
const dangerDays = 7

/** How the name is served: plainly, or with which certificate and for how long. */
export function DomainCertificate({ domain }: { readonly domain: Domain }) {
  const t = useTranslations('domain-form')
  const { protocol, certificate, automaticCertificate } = domain
  if (protocol === 'http') return <span className="text-ink-3">{t('plainHttp')}</span>
  if (certificate === null) {
    return automaticCertificate ? (
      t('certificates.automatic')
    ) : (
      <StatusText tone="bad">{t('noCertificate')}</StatusText>
    )
  }
  const { daysLeft } = certificate
  const tone = daysLeft < dangerDays ? 'bad' : daysLeft < warnDays ? 'warn' : 'ok'
  return (
    <StatusText
      tone={tone}
      detail={
        <span className="text-meta text-ink-3">
          {daysLeft < 0 ? t('expired') : t('daysLeft', { days: daysLeft })}
        </span>
      }
    >
      <span className="text-ink">
        {automaticCertificate ? t('certificates.automatic') : certificate.name}
      </span>
    </StatusText>
  )
}
