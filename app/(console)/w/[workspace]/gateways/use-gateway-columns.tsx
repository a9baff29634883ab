'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { Amount } from '../amount.tsx'
import { useGatewayName } from '../gateway-name.ts'
import { GatewaySize } from './gateway-size.tsx'
import { GatewayStatus } from './gateway-status.tsx'

export function useGatewayColumns(workspace: string): DataColumn<Gateway>[] {
  const t = useTranslations('gateways')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (row) => <NameCell workspace={workspace} gateway={row} />,
      },
      { id: 'type', header: t('columns.type'), cell: (row) => <TypeCell type={row.type} /> },
      { id: 'status', header: t('columns.status'), cell: (row) => <GatewayStatus status={row.status} /> },
      {
        id: 'internet',
        header: t('columns.internet'),
        priority: 2,
        cell: ({ internet }) => (
          <SideCell
            enabled={internet.enabled}
            address={internet.address}
            remark={
              internet.whitelistBlocks === null
                ? undefined
                : t('whitelistBlocks', { count: internet.whitelistBlocks })
            }
          />
        ),
      },
      {
        id: 'vpc',
        header: t('columns.vpc'),
        priority: 2,
        cell: ({ type, vpc }) => (
          <SideCell
            enabled={vpc.enabled}
            address={vpc.address}
            remark={type === 'shared' ? undefined : t('vpcs', { count: vpc.vpcs })}
          />
        ),
      },
      {
        id: 'services',
        header: t('columns.services'),
        priority: 2,
        align: 'end',
        cell: (row) => <Amount value={row.services} />,
      },
      {
        id: 'domains',
        header: t('columns.domains'),
        priority: 3,
        align: 'end',
        cell: (row) => <Amount value={row.domains} />,
      },
      { id: 'size', header: t('columns.size'), priority: 3, cell: (row) => <GatewaySize gateway={row} /> },
      {
        id: 'requests',
        header: t('columns.requests'),
        priority: 3,
        align: 'end',
        cell: (row) => <Amount value={row.requests24h} />,
      },
    ],
    [t, workspace],
  )
}

function NameCell({ workspace, gateway }: { readonly workspace: string; readonly gateway: Gateway }) {
  const t = useTranslations('gateways')
  const name = useGatewayName()
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <TextLink plain href={`/w/${workspace}/gateways/${gateway.id}`} className="font-medium text-ink">
          {name(gateway)}
        </TextLink>
        {gateway.isDefault ? <Tag>{t('default')}</Tag> : null}
      </span>
      <span className="block font-mono text-meta text-ink-3">{gateway.id}</span>
    </>
  )
}

function TypeCell({ type }: { readonly type: Gateway['type'] }) {
  const t = useTranslations('gateways')
  return (
    <>
      <span className="block">{t(`types.${type}`)}</span>
      {type === 'shared' ? <span className="block text-meta text-ink-3">{t('free')}</span> : null}
    </>
  )
}

interface SideCellProps {
  readonly enabled: boolean
  readonly address: string | null
  readonly remark: string | undefined
}

function SideCell({ enabled, address, remark }: SideCellProps) {
  const t = useTranslations('gateways')
  return (
    <>
      <StatusText
        tone={enabled ? 'ok' : 'idle'}
        detail={enabled && remark ? <span className="text-meta text-ink-3">{remark}</span> : undefined}
      >
        {enabled ? t('on') : t('off')}
      </StatusText>
      {address === null ? null : <span className="block font-mono text-meta text-ink-3">{address}</span>}
    </>
  )
}
