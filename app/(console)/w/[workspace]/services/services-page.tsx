'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { newServiceHref, sourcesHref } from './service-href.ts'
import { ServicesEmpty } from './services-empty.tsx'
import { ServicesFrame } from './services-frame.tsx'
import { ServicesTable } from './services-table.tsx'
import { useServiceFilter } from './use-service-filter.ts'
import { useServicesRefusal } from './use-services-refusal.ts'

export function ServicesPage() {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const filter = useServiceFilter()
  const list = useInfiniteQuery(upstreamServiceQueries.list(workspace, filter.request))
  const refusal = useServicesRefusal('services')
  const sourcesRefusal = useServicesRefusal('sources')
  const href = newServiceHref(workspace)
  useShellActions([
    ...(refusal === undefined
      ? [{ id: 'create-service', group: 'create' as const, label: t('create'), href, shortcut: 'c' }]
      : []),
    ...(sourcesRefusal === undefined
      ? [
          {
            id: 'create-source',
            group: 'create' as const,
            label: t('createSource'),
            href: `${sourcesHref(workspace)}?create=true`,
          },
        ]
      : []),
    { id: 'show-sources', group: 'page', label: t('tabs.sources'), href: sourcesHref(workspace) },
  ])
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data])
  const firstUse = rows?.length === 0 && !filter.narrowed && !list.isPlaceholderData
  const button =
    refusal === undefined ? (
      <ButtonLink variant="primary" icon={Plus} shortcut="c" href={href}>
        {t('create')}
      </ButtonLink>
    ) : (
      <Button variant="primary" icon={Plus} disabledReason={refusal}>
        {t('create')}
      </Button>
    )
  return (
    <ServicesFrame tab="services" actions={firstUse ? null : button}>
      {firstUse ? <ServicesEmpty /> : <ServicesTable rows={rows} filter={filter} list={list} />}
    </ServicesFrame>
  )
}
