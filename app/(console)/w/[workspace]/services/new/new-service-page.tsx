'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { providerQueries } from '@/lib/client/providers-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { serviceSources } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CreateServiceForm } from '../form/create-service-form.tsx'
import { SourceChoice } from './source-choice.tsx'

/** Step 0 asks for the source; with `?source=` the form follows. */
export function NewServicePage() {
  const t = useTranslations('services')
  const { workspace: name } = useWorkspace()
  const [source, setSource] = useQueryState(
    'source',
    parseAsStringLiteral(serviceSources).withOptions({ history: 'push' }),
  )
  const workspace = useQuery(workspaceQueries.detail(name))
  const manifests = useQuery(providerQueries.list())
  useCrumbs([{ label: t('create') }])
  const error = workspace.error ?? manifests.error
  if (source === null) {
    return (
      <PageBody layout="form">
        <SourceChoice />
      </PageBody>
    )
  }
  const retry = () => {
    void workspace.refetch()
    void manifests.refetch()
  }
  return (
    <PageBody layout="form">
      {workspace.data && manifests.data ? (
        <CreateServiceForm
          source={source}
          gatewayId={workspace.data.defaultGatewayId ?? sharedGatewayId}
          manifests={manifests.data}
          onSource={(next) => void setSource(next)}
        />
      ) : error ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={retry} />
      ) : (
        <Delayed loading skeleton={<FieldsSkeleton fields={6} />}>
          {null}
        </Delayed>
      )}
    </PageBody>
  )
}
