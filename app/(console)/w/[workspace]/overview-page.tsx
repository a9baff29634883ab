'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { overviewQueries } from '@/lib/client/overview-queries.ts'
import type { Overview } from '@/lib/domain/overview.ts'
import { OnboardingChecklist } from './onboarding-checklist.tsx'
import { OverviewActivity } from './overview-activity.tsx'
import { OverviewNumbers } from './overview-numbers.tsx'
import { OverviewProblems } from './overview-problems.tsx'
import { OverviewSkeleton } from './overview-skeleton.tsx'
import { TopServices } from './top-services.tsx'
import { useWorkspace } from './use-workspace.ts'

export function OverviewPage() {
  const t = useTranslations('overview')
  const { workspace, may } = useWorkspace()
  const { data, error, refetch, isFetching, isPending } = useQuery(overviewQueries.detail(workspace))
  return (
    <PageBody layout="detail">
      <PageHeader
        title={t('title')}
        actions={
          may('inference-services.write') ? (
            <ButtonLink variant="primary" icon={Plus} href={`/w/${workspace}/inference-services/new`}>
              {t('deploy')}
            </ButtonLink>
          ) : null
        }
      />
      {data ? <Sections workspace={workspace} overview={data} /> : null}
      {error && !data ? (
        <ErrorState
          title={t('loadFailed')}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
      <Delayed loading={isPending} skeleton={<OverviewSkeleton />}>
        {null}
      </Delayed>
    </PageBody>
  )
}

interface SectionsProps {
  readonly workspace: string
  readonly overview: Overview
}

function Sections({ workspace, overview }: SectionsProps) {
  const { onboarding } = overview
  const checklist = !onboarding.dismissed && onboarding.steps.some((step) => !step.done)
  if (checklist && isFirstUse(overview)) {
    return <OnboardingChecklist workspace={workspace} steps={onboarding.steps} first />
  }
  return (
    <>
      <OverviewProblems workspace={workspace} overview={overview} />
      {checklist ? <OnboardingChecklist workspace={workspace} steps={onboarding.steps} /> : null}
      <OverviewNumbers numbers={overview.numbers} />
      <TopServices workspace={workspace} services={overview.topServices} />
      <OverviewActivity workspace={workspace} entries={overview.recentActivity} />
    </>
  )
}

/** Nothing registered and nothing wrong: the checklist is the page. */
function isFirstUse({ onboarding, problems }: Overview): boolean {
  return problems.length === 0 && onboarding.steps.some(({ id, done }) => id === 'register-service' && !done)
}
