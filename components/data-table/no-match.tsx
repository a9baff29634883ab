'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'

/** Filters left nothing: says so and offers the way back. */
export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const t = useTranslations('kit')
  return (
    <span className="flex flex-wrap items-center gap-3">
      {t('filter.nothing')}
      <Button size="sm" onClick={onClear}>
        {t('filter.clear')}
      </Button>
    </span>
  )
}
