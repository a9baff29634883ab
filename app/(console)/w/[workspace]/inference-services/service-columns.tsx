'use client'

import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Tag } from '@/components/ui/tag.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { truncateMiddle } from '@/components/ui/truncate-middle.ts'
import { useFormat } from '@/components/ui/use-format.ts'
import { readyInstances } from '@/lib/client/ready-instances.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { serviceHref } from './service-href.ts'
import { ServiceStatusCell } from './service-status.tsx'

type Row = InferenceService

/** The list's columns, most important first. */
export function useServiceColumns(
  workspace: string,
  invokeHref: (service: InferenceService) => string,
): ReadonlyArray<DataColumn<Row>> {
  const t = useTranslations('inference-services')
  return [
    {
      id: 'name',
      header: t('columns.name'),
      cell: (row) => <NameCell workspace={workspace} service={row} />,
      sortBy: (row) => row.name,
      skeleton: '70%',
    },
    { id: 'status', header: t('columns.status'), cell: (row) => <ServiceStatusCell service={row} /> },
    {
      id: 'invocation',
      header: t('columns.invocation'),
      cell: (row) => <InvocationCell service={row} href={invokeHref(row)} />,
    },
    {
      id: 'gateway',
      header: t('columns.gateway'),
      cell: (row) => <GatewayCell workspace={workspace} service={row} />,
      priority: 2,
    },
    {
      id: 'model',
      header: t('columns.model'),
      cell: (row) => <span className="[overflow-wrap:anywhere]">{row.model ?? t('none')}</span>,
      priority: 2,
    },
    {
      id: 'instances',
      header: t('columns.instances'),
      cell: (row) => (
        <span className="tnum">
          {t('columns.instancesReady', { ready: readyInstances(row), total: row.instances.length })}
        </span>
      ),
      align: 'end',
      priority: 2,
      width: '90px',
    },
    {
      id: 'requests',
      header: t('columns.requests'),
      cell: (row) => <TrafficCell service={row} />,
      align: 'end',
      priority: 3,
      width: '120px',
    },
    {
      id: 'updatedAt',
      header: t('columns.updated'),
      cell: (row) => <Time value={row.updatedAt} className="text-ink-2" />,
      sortBy: (row) => row.updatedAt,
      priority: 3,
      width: '110px',
    },
  ]
}

type CellProps = { readonly service: InferenceService }

function NameCell({ workspace, service }: CellProps & { readonly workspace: string }) {
  return (
    <>
      <TextLink
        plain
        translate="no"
        href={serviceHref(workspace, service.id)}
        className="block font-medium text-ink! [overflow-wrap:anywhere]"
      >
        {service.name}
      </TextLink>
      <span title={service.id} className="block font-mono text-meta text-ink-3">
        {truncateMiddle(service.id, 18)}
      </span>
    </>
  )
}

function InvocationCell({ service, href }: CellProps & { readonly href: string }) {
  const t = useTranslations('inference-services')
  return (
    <>
      <TextLink plain scroll={false} href={href} className="block whitespace-nowrap">
        {t('invocationMethod')}
      </TextLink>
      <span className="block text-meta text-ink-3">{t(`apiTypes.${service.apiType}`)}</span>
    </>
  )
}

function GatewayCell({ workspace, service: { gateway } }: CellProps & { readonly workspace: string }) {
  const t = useTranslations('inference-services')
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <TextLink plain href={`/w/${encodeURIComponent(workspace)}/gateways/${encodeURIComponent(gateway.id)}`}>
        {gateway.name}
      </TextLink>
      {gateway.type === 'shared' ? null : <Tag>{t(`gatewayTypes.${gateway.type}`)}</Tag>}
    </span>
  )
}

function TrafficCell({ service: { traffic24h } }: CellProps) {
  const format = useFormat()
  return (
    <>
      <span className="tnum block">{format.compact(traffic24h.requests)}</span>
      <span className="tnum block text-meta text-ink-3">{format.percent(traffic24h.successRate)}</span>
    </>
  )
}
