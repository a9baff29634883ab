'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { CreateServiceForm } from '../form/create-service-form.tsx'
import { FormLoading } from '../form/form-loading.tsx'
import { useWorkspaceName } from '../use-workspace-name.ts'

/** Deploy; with `?from=<id>` as a copy of another service, with `?gateway=<id>` onto a gateway. */
export function NewServicePage() {
  const t = useTranslations('inference-services')
  const workspaceName = useWorkspaceName()
  const [{ from, gateway }] = useQueryStates({ from: parseAsString, gateway: parseAsString })
  const workspace = useQuery(workspaceQueries.detail(workspaceName))
  const source = useQuery({
    ...inferenceServiceQueries.detail(workspaceName, from ?? ''),
    enabled: from !== null,
  })
  useCrumbs([{ label: t('deploy') }])
  const ready = workspace.data !== undefined && (from === null || source.data !== undefined)
  return (
    <PageBody layout="form">
      {ready ? (
        <CreateServiceForm
          key={source.data?.id ?? 'new'}
          workspace={workspaceName}
          gatewayId={gateway ?? workspace.data?.defaultGatewayId ?? sharedGatewayId}
          vpcId={workspace.data?.defaultVpcId ?? ''}
          source={source.data}
        />
      ) : (
        <FormLoading
          error={workspace.error ?? source.error}
          onRetry={() => {
            void workspace.refetch()
            if (from !== null) void source.refetch()
          }}
        />
      )}
    </PageBody>
  )
}
