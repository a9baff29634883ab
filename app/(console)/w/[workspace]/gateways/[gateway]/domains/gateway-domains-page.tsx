'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import { DomainDrawer } from '../../../domain-form/domain-drawer.tsx'
import { DomainRowMenu } from '../../../domain-form/domain-row-menu.tsx'
import { useDomainColumns } from '../../../domain-form/use-domain-columns.tsx'
import { useObjectDrawer } from '../../../use-object-drawer.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useGateway } from '../gateway-context.ts'

/** The gateway's own names, and how to get one. */
export function GatewayDomainsPage() {
  const t = useTranslations('gateways.domains')
  const { workspace } = useWorkspace()
  const gateway = useGateway()
  const { data, error, refetch } = useQuery(domainQueries.list(workspace, gateway.id))
  const columns = useDomainColumns({ gateways: false })
  const drawer = useObjectDrawer()
  const notAllowed = gateway.type === 'shared' ? t('sharedOnly') : t('notAllowed')
  const create = (
    <Button
      variant="primary"
      icon={Plus}
      disabledReason={gateway.editable ? undefined : notAllowed}
      onClick={drawer.create}
    >
      {t('create')}
    </Button>
  )
  const cname = gateway.cname.public ?? gateway.cname.private
  return (
    <>
      {data?.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} actions={create}>
          <ol className="list-decimal space-y-1 pl-5 text-control text-ink-2">
            <li>{t('teach.certificate')}</li>
            <li>{t('teach.name')}</li>
            <li>
              {cname === null
                ? t('teach.address')
                : t.rich('teach.cname', { cname: () => <MonoValue name="CNAME" value={cname} /> })}
            </li>
          </ol>
        </EmptyState>
      ) : (
        <div className="pt-5">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <p className="text-control text-ink-3">{t('note')}</p>
            {create}
          </div>
          <DataTable
            label={t('title')}
            columns={columns}
            rows={data}
            rowId={({ id }) => id}
            rowName={({ unicodeName }) => unicodeName}
            rowHref={({ id }) => `?open=${id}`}
            rowActions={(domain) => <DomainRowMenu domain={domain} onShow={drawer.show} />}
            skeletonRows={3}
            error={data ? undefined : (error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void refetch()}
          />
        </div>
      )}
      <DomainDrawer gatewayId={gateway.id} />
    </>
  )
}
