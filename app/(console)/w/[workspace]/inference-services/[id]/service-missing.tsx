'use client'

import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { servicesHref } from '../service-href.ts'

type ServiceMissingProps = {
  readonly workspace: string
  readonly error: unknown
  readonly onRetry: () => void
}

/** No such service, or no answer about it. */
export function ServiceMissing({ workspace, error, onRetry }: ServiceMissingProps) {
  const t = useTranslations('inference-services')
  const gone = error instanceof ConsoleApiError && error.code === 'not_found'
  if (!gone) return <ErrorState size="page" title={t('loadFailed')} error={error} onRetry={onRetry} />
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState
        title={t('notFound.title', { workspace })}
        text={t('notFound.text')}
        actions={<ButtonLink href={servicesHref(workspace)}>{t('notFound.back')}</ButtonLink>}
      />
    </>
  )
}
