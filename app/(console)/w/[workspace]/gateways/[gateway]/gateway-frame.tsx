'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { ObjectNotFound } from '../../object-not-found.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { GatewayProvider } from './gateway-context.ts'
import { GatewayHeader } from './gateway-header.tsx'

interface GatewayFrameProps {
  readonly gateway: string
  readonly children: ReactNode
}

/** What every tab of a gateway shares: its name, state, tabs, and what to say when it is not there. */
export function GatewayFrame({ gateway, children }: GatewayFrameProps) {
  const t = useTranslations('gateways')
  const { workspace, displayName } = useWorkspace()
  const { data, error, refetch, isFetching, isPending } = useQuery(gatewayQueries.detail(workspace, gateway))
  if (error instanceof ConsoleApiError && error.status === 404) {
    return (
      <PageBody layout="detail">
        <ObjectNotFound
          title={t('notFound', { workspace: displayName })}
          href={`/w/${workspace}/gateways`}
          link={t('backToList')}
        />
      </PageBody>
    )
  }
  return (
    <PageBody layout="detail">
      {data ? (
        <GatewayProvider value={data}>
          <GatewayHeader />
          {children}
        </GatewayProvider>
      ) : null}
      {error && !data ? (
        <ErrorState
          size="page"
          title={t('gatewayLoadFailed')}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
      <Delayed loading={isPending} skeleton={<DetailSkeleton />}>
        {null}
      </Delayed>
    </PageBody>
  )
}
