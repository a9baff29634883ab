'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { Source } from '@/lib/domain/source.ts'
import { useObjectDrawer } from '../../use-object-drawer.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { newServiceHref, sourcesHref } from '../service-href.ts'
import { ServicesFrame } from '../services-frame.tsx'
import { useServicesRefusal } from '../use-services-refusal.ts'
import { CreateSourceDrawer } from './create-source-drawer.tsx'
import { DeleteSourceDialog } from './delete-source-dialog.tsx'
import { EditSourceDrawer } from './edit-source-drawer.tsx'
import { SourceQuotas } from './source-quota.tsx'
import { useSourceColumns } from './use-source-columns.tsx'

export function SourcesPage() {
  const t = useTranslations('sources')
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(sourceQueries.list(workspace))
  const defaultGateway = useQuery(workspaceQueries.detail(workspace)).data?.defaultGatewayId
  const drawer = useObjectDrawer()
  const columns = useSourceColumns(workspace)
  const refusal = useServicesRefusal('sources')
  const [deleting, setDeleting] = useState<Source | null>(null)
  const servicesRefusal = useServicesRefusal('services')
  useShellActions([
    ...(refusal === undefined
      ? [
          {
            id: 'create-source',
            group: 'create' as const,
            label: t('create'),
            run: drawer.create,
            shortcut: 'c',
          },
        ]
      : []),
    ...(servicesRefusal === undefined
      ? [
          {
            id: 'create-service',
            group: 'create' as const,
            label: t('createService'),
            href: newServiceHref(workspace),
          },
        ]
      : []),
  ])
  const button = (
    <Button variant="primary" icon={Plus} shortcut="c" disabledReason={refusal} onClick={drawer.create}>
      {t('create')}
    </Button>
  )
  const none = data?.length === 0
  const begin = (source: Source) => {
    drawer.close()
    setDeleting(source)
  }
  return (
    <ServicesFrame tab="sources" actions={none ? null : button}>
      {none ? (
        <EmptyState title={t('none')} text={t('noneHelp')} actions={button} />
      ) : (
        <>
          <SourceQuotas sources={data ?? []} />
          <DataTable
            label={t('title')}
            columns={columns}
            rows={data}
            rowId={({ id }) => id}
            rowName={({ name }) => name}
            rowHref={({ id }) => `${sourcesHref(workspace)}?open=${id}`}
            rowActions={(source) => (
              <MoreMenu label={t('actionsFor', { name: source.name })}>
                <MenuItem onSelect={() => drawer.show(source.id)}>{t('edit')}</MenuItem>
                <MenuSeparator />
                <MenuItem danger disabledReason={refusal} onSelect={() => setDeleting(source)}>
                  {t('delete')}
                </MenuItem>
              </MoreMenu>
            )}
            skeletonRows={3}
            error={data ? undefined : (error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void refetch()}
          />
        </>
      )}
      {drawer.creating && refusal === undefined ? (
        <CreateSourceDrawer
          gatewayId={defaultGateway ?? sharedGatewayId}
          onCreated={drawer.close}
          onClose={drawer.close}
        />
      ) : null}
      {drawer.openId !== null && data ? (
        <EditSourceDrawer
          source={data.find(({ id }) => id === drawer.openId)}
          refusal={refusal}
          onDelete={begin}
          onClose={drawer.close}
        />
      ) : null}
      {deleting ? <DeleteSourceDialog source={deleting} onClose={() => setDeleting(null)} /> : null}
    </ServicesFrame>
  )
}
