'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { VersionedForm } from '../versioned-form.tsx'
import { DangerZone } from './danger-zone.tsx'
import { GeneralFacts } from './general-facts.tsx'
import { GeneralForm } from './general-form.tsx'

export function GeneralPage() {
  const t = useTranslations('settings')
  const { workspace, may } = useWorkspace()
  const { data, error, refetch, isPending } = useQuery(workspaceQueries.detail(workspace))
  if (error && !data) {
    return <ErrorState title={t('loadFailed')} error={error} onRetry={() => void refetch()} />
  }
  return (
    <Delayed loading={isPending} skeleton={<FieldsSkeleton fields={5} />}>
      {data ? (
        <>
          {may('workspace.write') ? (
            <VersionedForm key={data.id} latest={data}>
              {(edited) => <GeneralForm {...edited} />}
            </VersionedForm>
          ) : (
            <GeneralFacts workspace={data} />
          )}
          <DangerZone workspace={data} />
        </>
      ) : null}
    </Delayed>
  )
}
