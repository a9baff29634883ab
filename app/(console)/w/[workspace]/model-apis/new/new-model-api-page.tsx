'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CreateModelApiForm } from '../form/create-model-api-form.tsx'

export function NewModelApiPage() {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(workspaceQueries.detail(workspace))
  useCrumbs([{ label: t('create') }])
  return (
    <PageBody layout="form">
      {data ? (
        <CreateModelApiForm gatewayId={data.defaultGatewayId ?? sharedGatewayId} />
      ) : error ? (
        <ErrorState size="page" title={t('formFailed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Delayed loading skeleton={<FieldsSkeleton fields={6} />}>
          {null}
        </Delayed>
      )}
    </PageBody>
  )
}
