'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import { PasswordForm } from './password-form.tsx'
import { PreferencesSection } from './preferences-section.tsx'
import { ProfileForm } from './profile-form.tsx'
import { SessionsSection } from './sessions-section.tsx'

export function AccountPage() {
  const t = useTranslations('account')
  const { data, error, refetch, isPending } = useQuery(sessionQueries.current())
  useCrumbs([{ label: t('title') }])
  return (
    <PageBody layout="detail">
      <PageHeader title={t('title')} />
      {error && !data ? (
        <ErrorState title={t('loadFailed')} error={error} onRetry={() => void refetch()} />
      ) : null}
      <Delayed loading={isPending} skeleton={<FieldsSkeleton fields={4} />}>
        {data ? (
          <>
            <ProfileForm key={data.user.id} user={data.user} />
            <PreferencesSection preferences={data.user.preferences} />
            <div className="border-t border-line">
              <PasswordForm email={data.user.email} />
            </div>
            <SessionsSection />
          </>
        ) : null}
      </Delayed>
    </PageBody>
  )
}
