'use client'

import { useTranslations } from 'use-intl'

/** A stored key: dots that say nothing of its length, and its last four characters. */
export function KeyText({ hint }: { readonly hint: string }) {
  const t = useTranslations('services')
  return (
    <span className="whitespace-nowrap font-mono text-code">
      <span className="sr-only">{t('keyEnds', { hint })}</span>
      <span aria-hidden="true">••••{hint}</span>
    </span>
  )
}
