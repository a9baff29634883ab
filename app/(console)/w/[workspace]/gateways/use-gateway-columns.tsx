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
        cell: (row) => <SideCell side={row.internet} />,
      },
      { id: 'vpc', header: t('columns.vpc'), priority: 2, cell: (row) => <SideCell side={row.vpc} /> },
      {
        id: 'services',
        header: t('columns.services'),
        priority: 2,
        align: 'end',
        cell: (row) => <Amount value={row.services} />,
      },
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

function SideCell({ side }: { readonly side: Gateway['internet' | 'vpc'] }) {
  const t = useTranslations('gateways')
  return (
    <>
      <StatusText tone={side.enabled ? 'ok' : 'idle'}>{side.enabled ? t('on') : t('off')}</StatusText>
      {side.address === null ? null : (
        <span className="block font-mono text-meta text-ink-3">{side.address}</span>
      )}
    </>
  )
}
