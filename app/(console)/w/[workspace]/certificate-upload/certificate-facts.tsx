'use client'

import { useTranslations } from 'use-intl'
import type * as z from 'zod'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { certificateFacts } from '@/lib/domain/certificate.ts'
import { CertificateValidity } from './certificate-validity.tsx'

export type CertificateFactsValue = z.infer<typeof certificateFacts>

/** What a certificate says of itself. */
export function CertificateFacts({ facts }: { readonly facts: CertificateFactsValue }) {
  const t = useTranslations('certificates.facts')
  return (
    <FactRows>
      <FactRow label={t('names')}>
        <span className="flex flex-wrap gap-x-3 font-mono text-code [overflow-wrap:anywhere]">
          {facts.names.length === 0
            ? t('noNames')
            : facts.names.map((name) => <span key={name}>{name}</span>)}
        </span>
      </FactRow>
      <FactRow label={t('subject')}>
        <span className="font-mono text-code [overflow-wrap:anywhere]">{facts.subject}</span>
      </FactRow>
      <FactRow label={t('issuer')}>
        <span className="font-mono text-code [overflow-wrap:anywhere]">{facts.issuer}</span>
      </FactRow>
      <FactRow label={t('valid')}>
        <span className="flex flex-wrap items-baseline gap-x-3">
          <CertificateValidity {...facts} />
          <span className="text-ink-3">
            {t.rich('range', {
              from: () => <Time value={facts.notBefore} style="absolute" />,
              to: () => <Time value={facts.notAfter} style="absolute" />,
            })}
          </span>
        </span>
      </FactRow>
      <FactRow label={t('key')}>{t('keyAndChain', { key: facts.keyType, count: facts.chainLength })}</FactRow>
      <FactRow label={t('fingerprint')}>
        <MonoValue value={facts.fingerprint} name={t('fingerprint')} charactersMax={24} />
      </FactRow>
    </FactRows>
  )
}
