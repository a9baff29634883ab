'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Tag } from '@/components/ui/tag.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { Amount } from '../amount.tsx'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { DomainCertificate, DomainDns, DomainEffect } from './domain-status.tsx'

/** `gateways`: the list holds domains of several, and says which. */
export function useDomainColumns({ gateways }: { readonly gateways: boolean }): DataColumn<Domain>[] {
  const t = useTranslations('domain-form')
  return useMemo(
    () => [
      { id: 'name', header: t('fields.name'), cell: (row) => <NameCell domain={row} /> },
      { id: 'effect', header: t('effect'), cell: (row) => <DomainEffect domain={row} /> },
      ...(gateways
        ? [
            {
              id: 'gateway',
              header: t('fields.gatewayId'),
              priority: 2 as const,
              cell: (row: Domain) => <GatewayCell gateway={row.gateway} />,
            },
          ]
        : []),
      {
        id: 'certificate',
        header: t('fields.certificateId'),
        priority: 2,
        cell: (row) => <DomainCertificate domain={row} />,
      },
      { id: 'dns', header: 'DNS', priority: 2, cell: (row) => <DomainDns dns={row.dns} /> },
      {
        id: 'services',
        header: t('services'),
        priority: 3,
        align: 'end',
        cell: (row) => <Amount value={row.services} />,
      },
    ],
    [t, gateways],
  )
}

function NameCell({ domain }: { readonly domain: Domain }) {
  const t = useTranslations('domain-form')
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2">
        <TextLink
          plain
          href={`?open=${domain.id}`}
          scroll={false}
          className="font-medium text-ink [overflow-wrap:anywhere]"
          translate="no"
        >
          {domain.unicodeName}
        </TextLink>
        <Tag>{t(`sides.${domain.side}`)}</Tag>
      </span>
      {domain.unicodeName === domain.name ? null : (
        <span className="block font-mono text-meta text-ink-3">{domain.name}</span>
      )}
    </>
  )
}

function GatewayCell({ gateway }: { readonly gateway: Domain['gateway'] }) {
  const { workspace } = useWorkspace()
  const name = useGatewayName()
  return (
    <TextLink plain href={`/w/${workspace}/gateways/${gateway.id}`} translate="no">
      {name(gateway)}
    </TextLink>
  )
}
