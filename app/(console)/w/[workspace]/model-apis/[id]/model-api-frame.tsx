'use client'

import { useQuery } from '@tanstack/react-query'
import { useSelectedLayoutSegment } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { ObjectNotFound } from '../../object-not-found.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApisHref } from '../model-api-href.ts'
import { ModelApiProvider } from './model-api-context.ts'
import { ModelApiHeader } from './model-api-header.tsx'
import { modelApiTabs } from './model-api-tabs.ts'

interface ModelApiFrameProps {
  /** An id or a name. */
  readonly id: string
  readonly children: ReactNode
}

/** What the tabs of a Model API share; pages below it that are no tabs (the form) stand alone. */
export function ModelApiFrame({ id, children }: ModelApiFrameProps) {
  const segment = useSelectedLayoutSegment() ?? 'overview'
  const tab = modelApiTabs.find((known) => known.id === segment)
  if (tab === undefined) return children
  return (
    <PageBody layout={tab.layout}>
      <Loaded id={id}>
        <ModelApiHeader current={tab.id} />
        {children}
      </Loaded>
    </PageBody>
  )
}

function Loaded({ id, children }: ModelApiFrameProps) {
  const t = useTranslations('model-apis')
  const { workspace, displayName } = useWorkspace()
  const { data, error, refetch, isFetching } = useQuery(modelApiQueries.detail(workspace, id))
  if (error instanceof ConsoleApiError && error.status === 404) {
    return (
      <ObjectNotFound
        title={t('missing', { workspace: displayName })}
        href={modelApisHref(workspace)}
        link={t('toList')}
      />
    )
  }
  if (error && !data) {
    return (
      <ErrorState
        size="page"
        title={t('formFailed')}
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  }
  return (
    <Delayed loading={!data} skeleton={<DetailSkeleton />}>
      {data ? <ModelApiProvider value={data}>{children}</ModelApiProvider> : null}
    </Delayed>
  )
}
