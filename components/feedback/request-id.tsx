'use client'

import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/ui/copy-button.tsx'

/** The identifier that finds a request in logs. Printed wherever something went wrong or was sent. */
export function RequestId({ value }: { readonly value: string }) {
  const t = useTranslations('kit')
  return (
    <span className="inline-flex items-center gap-1 text-ink-3">
      <span className="sr-only">{t('requestId')}</span>
      <code className="select-all font-mono text-meta">{value}</code>
      <CopyButton value={value} name={t('requestId')} />
    </span>
  )
}
