'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { useMay } from '@/lib/client/use-may.ts'
import { InferenceServicesTable } from './inference-services-table.tsx'
import { InvocationDrawer } from './invocation-drawer.tsx'
import { useListFilter } from './list-filter.ts'
import { servicesHref } from './service-href.ts'
import { ServicesEmpty } from './services-empty.tsx'
import { useWorkspaceName } from './use-workspace-name.ts'

export function InferenceServicesPage() {
  const t = useTranslations('inference-services')
  const workspace = useWorkspaceName()
  const filter = useListFilter()
  const services = useInfiniteQuery(inferenceServiceQueries.list(workspace, filter.request))
  const mayWrite = useMay(workspace, 'inference-services.write')
  const newHref = `${servicesHref(workspace)}/new`
  useShellActions(
    mayWrite
      ? [{ id: 'deploy-service', group: 'create', label: t('deploy'), href: newHref, shortcut: 'c' }]
      : [],
  )
  const rows = useMemo(() => services.data?.pages.flatMap((page) => page.items), [services.data])
  const firstUse = rows?.length === 0 && !filter.narrowed && !services.isPlaceholderData
  return (
    <PageBody layout="list">
      <PageHeader
        title={t('title')}
        actions={
          mayWrite && !firstUse ? (
            <ButtonLink variant="primary" icon={Plus} shortcut="c" href={newHref}>
              {t('deploy')}
            </ButtonLink>
          ) : null
        }
      />
      {firstUse ? (
        <ServicesEmpty workspace={workspace} />
      ) : (
        <InferenceServicesTable workspace={workspace} filter={filter} rows={rows} list={services} />
      )}
      <InvocationDrawer workspace={workspace} />
    </PageBody>
  )
}
