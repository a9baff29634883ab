'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { gatewayNodeQueries } from '@/lib/client/gateway-nodes-queries.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useGateway } from '../gateway-context.ts'
import { RolloutLine } from './rollout-line.tsx'
import { useNodeColumns } from './use-node-columns.tsx'

export function NodesPage() {
  const t = useTranslations('gateways.nodes')
  const { workspace } = useWorkspace()
  const gateway = useGateway()
  const nodes = useQuery(gatewayNodeQueries.list(workspace, gateway.id))
  const rollout = useQuery({ ...gatewayQueries.rollout(workspace, gateway.id), refetchInterval: 10_000 })
  const columns = useNodeColumns(rollout.data?.revision ?? gateway.revision)
  if (nodes.data?.length === 0) return <EmptyState title={t('none')} text={t('noneHelp')} />
  return (
    <div className="pt-5">
      <p className="mb-1 max-w-[68ch] text-control text-ink-3">{t('note')}</p>
      {rollout.data ? <RolloutLine rollout={rollout.data} /> : null}
      <div className="mt-3">
        <DataTable
          label={t('title')}
          columns={columns}
          rows={nodes.data}
          rowId={({ id }) => id}
          rowName={({ id }) => id}
          skeletonRows={2}
          error={nodes.data ? undefined : (nodes.error ?? undefined)}
          errorTitle={t('loadFailed')}
          onRetry={() => void nodes.refetch()}
        />
      </div>
    </div>
  )
}
