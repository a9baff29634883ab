'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import type { CertificatePreview } from '@/lib/domain/certificate.ts'
import { CertificateFacts } from './certificate-facts.tsx'

interface PreviewResultProps {
  readonly preview: CertificatePreview | null
  readonly failure: unknown
}

/** What was pasted, before anything is saved. */
export function PreviewResult({ preview, failure }: PreviewResultProps) {
  const t = useTranslations('certificates.upload')
  const sentence = useSentences()
  return (
    <div aria-live="polite">
      {failure === null ? null : <FailureText error={failure} />}
      {preview?.facts ? (
        <section aria-label={t('preview')}>
          <h3 className="text-control font-medium">{t('preview')}</h3>
          <CertificateFacts facts={preview.facts} />
        </section>
      ) : null}
      {preview?.warnings.map(({ code, message }) => (
        <div key={code} className="mt-3">
          <Callout tone="warn">{sentence(message)}</Callout>
        </div>
      ))}
    </div>
  )
}
