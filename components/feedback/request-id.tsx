'use client'

import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/ui/copy-button.tsx'

type RequestIdProps = {
  readonly value: string
  /** Said aloud and after copying, when the code is of another kind. */
  readonly label?: string
}

/** The identifier that finds a request in logs. Printed wherever something went wrong or was sent. */
export function RequestId({ value, label }: RequestIdProps) {
  const t = useTranslations('kit')
  const name = label ?? t('requestId')
  return (
    <span className="inline-flex items-center gap-1 text-ink-3">
      <span className="sr-only">{name}</span>
      <code className="select-all font-mono text-meta">{value}</code>
      <CopyButton value={value} name={name} />
    </span>
  )
}
