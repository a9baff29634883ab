'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import type { GatewayType } from '@/lib/domain/gateway.ts'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { Amount } from '../../../amount.tsx'

const tones: Record<GatewayVpcLink['consent'], StatusTone> = {
  granted: 'ok',
  pending: 'pending',
  declined: 'bad',
}

export function useVpcColumns(type: GatewayType): DataColumn<GatewayVpcLink>[] {
  const t = useTranslations('gateway-access')
  return useMemo(
    () => [
      { id: 'vpc', header: 'VPC', cell: (link) => <VpcCell link={link} /> },
      {
        id: 'status',
        header: t('columns.status'),
        cell: ({ consent }) => <StatusText tone={tones[consent]}>{t(`consents.${consent}`)}</StatusText>,
      },
      {
        id: 'vswitches',
        header: t('columns.vswitches'),
        priority: 2,
        cell: ({ vswitches }) =>
          vswitches.map(({ id, name, zone }) => (
            <span key={id} className="block whitespace-nowrap">
              <span translate="no">{name}</span> <span className="text-meta text-ink-3">{zone}</span>
            </span>
          )),
      },
      ...(type === 'managed'
        ? [
            {
              id: 'dns',
              header: t('columns.dns'),
              priority: 2 as const,
              cell: (link: GatewayVpcLink) => <DnsCell link={link} />,
            },
          ]
        : []),
      {
        id: 'whitelist',
        header: t('columns.whitelist'),
        priority: 2,
        align: 'end',
        cell: ({ whitelistBlocks }) => <Amount value={whitelistBlocks} />,
      },
    ],
    [t, type],
  )
}

function VpcCell({ link }: { readonly link: GatewayVpcLink }) {
  const t = useTranslations('gateway-access')
  const { vpc } = link
  return (
    <>
      <span translate="no" className="block font-medium text-ink">
        {vpc.name}
      </span>
      <span className="block font-mono text-meta text-ink-3">{vpc.cidrs.join(' ')}</span>
      {vpc.workspace === null ? null : (
        <span className="block text-meta text-ink-3">{t('ofWorkspace', { workspace: vpc.workspace })}</span>
      )}
    </>
  )
}

function DnsCell({ link }: { readonly link: GatewayVpcLink }) {
  const t = useTranslations('gateway-access')
  if (!link.authoritativeDns) return <span className="text-ink-3">{t('off')}</span>
  return (
    <>
      <StatusText tone="ok">{t('authoritative')}</StatusText>
      {link.nameServer === null ? null : (
        <span className="block font-mono text-meta text-ink-3">{link.nameServer}</span>
      )}
    </>
  )
}
