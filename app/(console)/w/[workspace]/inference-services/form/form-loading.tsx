'use client'

import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'

type FormLoadingProps = { readonly error: unknown; readonly onRetry: () => void }

/** While what a form starts from is on its way, or when it does not come. */
export function FormLoading({ error, onRetry }: FormLoadingProps) {
  const t = useTranslations('inference-services')
  if (error) return <ErrorState size="page" title={t('loadFailed')} error={error} onRetry={onRetry} />
  return (
    <Delayed loading skeleton={<FieldsSkeleton fields={6} />}>
      {null}
    </Delayed>
  )
}
