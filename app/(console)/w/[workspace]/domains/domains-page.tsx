'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Time } from '@/components/ui/time.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { DomainDrawer } from '../domain-form/domain-drawer.tsx'
import { DomainRowMenu } from '../domain-form/domain-row-menu.tsx'
import { useDomainColumns } from '../domain-form/use-domain-columns.tsx'
import { useObjectDrawer } from '../use-object-drawer.ts'
import { useWorkspace } from '../use-workspace.ts'

/** Every name of the workspace, whichever gateway serves it. */
export function DomainsPage() {
  const t = useTranslations('domains')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  const { workspace } = access
  const { data, error, refetch } = useQuery(domainQueries.list(workspace))
  const drawer = useObjectDrawer()
  const columns = useColumns()
  const refusal = access.may('domains.write') ? undefined : t('notAllowed', { role: role(access.role) })
  useShellActions(
    refusal === undefined
      ? [{ id: 'add-domain', group: 'create', label: t('add'), run: drawer.create, shortcut: 'c' }]
      : [],
  )
  const button = (
    <Button variant="primary" icon={Plus} shortcut="c" disabledReason={refusal} onClick={drawer.create}>
      {t('add')}
    </Button>
  )
  const none = data?.length === 0
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} actions={none ? null : button} />
      {none ? (
        <EmptyState title={t('none')} text={t('noneHelp')} actions={button} />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={data}
          rowId={({ id }) => id}
          rowName={({ unicodeName }) => unicodeName}
          rowHref={({ id }) => `/w/${workspace}/domains?open=${id}`}
          rowActions={(domain) => <DomainRowMenu domain={domain} onShow={drawer.show} />}
          skeletonRows={3}
          error={data ? undefined : (error ?? undefined)}
          errorTitle={t('loadFailed')}
          onRetry={() => void refetch()}
        />
      )}
      <DomainDrawer />
    </PageBody>
  )
}

function useColumns(): DataColumn<Domain>[] {
  const t = useTranslations('domains')
  const columns = useDomainColumns({ gateways: true })
  return useMemo(
    () => [
      ...columns,
      {
        id: 'created',
        header: t('created'),
        priority: 3,
        cell: ({ createdAt }) => <Time value={createdAt} />,
      },
    ],
    [columns, t],
  )
}
