'use client'

import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { ErrorState } from './error-state.tsx'
import { PageBody } from './page-body.tsx'

type CrashPageProps = { readonly error: Error & { readonly digest?: string }; readonly retry: () => void }

/** 500: the page itself failed; the shell around it stays. */
export function CrashPage({ error, retry }: CrashPageProps) {
  const t = useTranslations('shell')
  return (
    <PageBody layout="detail">
      <ErrorState
        size="page"
        title={t('errors.crashed')}
        text={t('errors.crashedText')}
        error={error}
        onRetry={retry}
      />
      {error.digest ? <RequestId value={error.digest} label={t('errors.digest')} /> : null}
    </PageBody>
  )
}
