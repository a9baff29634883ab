'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import type { ComponentType } from 'react'
import { Delayed } from '@/components/page/delayed.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { useWorkspaceName } from '../use-workspace-name.ts'
import { ServiceConfiguration } from './service-configuration.tsx'
import { ServiceHeader } from './service-header.tsx'
import { ServiceInstances } from './service-instances.tsx'
import { ServiceMissing } from './service-missing.tsx'
import { ServiceOverview } from './service-overview.tsx'
import type { ServiceTabId } from './service-tab-id.ts'
import { ServiceTabs } from './service-tabs.tsx'
import { ServiceTokens } from './service-tokens.tsx'

type TabProps = { readonly workspace: string; readonly service: InferenceService }

const contents: Record<ServiceTabId, ComponentType<TabProps>> = {
  overview: ServiceOverview,
  instances: ServiceInstances,
  tokens: ServiceTokens,
  configuration: ServiceConfiguration,
}

/** One service: who it is and how it is, then the chosen tab. */
export function ServicePage({ tab }: { readonly tab: ServiceTabId }) {
  const workspace = useWorkspaceName()
  const { id } = useParams<{ id: string }>()
  const query = useQuery(inferenceServiceQueries.detail(workspace, decodeURIComponent(id)))
  const service = query.data
  useCrumbs(service ? [{ label: service.name }] : [])
  const Content = contents[tab]
  return (
    <PageBody layout="detail">
      {query.error && !service ? (
        <ServiceMissing workspace={workspace} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Delayed loading={!service} skeleton={<DetailSkeleton />}>
          {service ? (
            <>
              <ServiceHeader workspace={workspace} service={service} />
              <ServiceTabs workspace={workspace} service={service} current={tab} />
              <Content workspace={workspace} service={service} />
            </>
          ) : null}
        </Delayed>
      )}
    </PageBody>
  )
}
