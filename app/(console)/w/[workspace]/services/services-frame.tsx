'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { LinkTabs } from '@/components/ui/tabs.tsx'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { servicesHref, sourcesHref } from './service-href.ts'

interface ServicesFrameProps {
  readonly tab: 'services' | 'sources'
  readonly actions: ReactNode
  readonly children: ReactNode
}

/** What can be routed to, and where it is found: two lists under one title. */
export function ServicesFrame({ tab, actions, children }: ServicesFrameProps) {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const sources = useQuery(sourceQueries.list(workspace)).data
  const all = useInfiniteQuery(upstreamServiceQueries.list(workspace, {})).data?.pages
  const services = all?.at(-1)?.nextCursor === null ? all.flatMap(({ items }) => items) : undefined
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} documentTitle={t(`tabs.${tab}`)} actions={actions} />
      <LinkTabs
        label={t('title')}
        items={[
          {
            href: servicesHref(workspace),
            label: t('tabs.services'),
            current: tab === 'services',
            ...(services ? { count: services.length } : {}),
          },
          {
            href: sourcesHref(workspace),
            label: t('tabs.sources'),
            current: tab === 'sources',
            ...(sources ? { count: sources.length } : {}),
          },
        ]}
      />
      <div className="pt-4">{children}</div>
    </PageBody>
  )
}
