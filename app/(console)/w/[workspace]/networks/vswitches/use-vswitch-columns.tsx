'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { addressCount, readCidr } from '@/lib/domain/cidr.ts'
import type { VSwitch } from '@/lib/domain/network.ts'
import { UsersCell } from '../../object-users.tsx'
import { NameCell } from '../name-cell.tsx'

export function useVSwitchColumns(workspace: string): DataColumn<VSwitch>[] {
  const t = useTranslations('networks')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (row) => <NameCell object={row} href={`/w/${workspace}/networks/vswitches?open=${row.id}`} />,
      },
      { id: 'zone', header: t('columns.zone'), cell: (row) => <ZoneCell vswitch={row} /> },
      {
        id: 'block',
        header: t('columns.block'),
        cell: ({ cidr }) => <span className="font-mono text-code">{cidr}</span>,
      },
      {
        id: 'addresses',
        header: t('columns.addresses'),
        align: 'end',
        priority: 2,
        cell: ({ cidr }) => <AddressCount cidr={cidr} />,
      },
      {
        id: 'vpc',
        header: t('vpcLabel'),
        priority: 2,
        cell: ({ vpcId, vpcName }) => (
          <TextLink plain translate="no" href={`/w/${workspace}/networks?open=${vpcId}`}>
            {vpcName}
          </TextLink>
        ),
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        priority: 2,
        cell: ({ usedBy }) => <UsersCell users={usedBy} />,
      },
      {
        id: 'created',
        header: t('columns.created'),
        priority: 3,
        cell: ({ createdAt }) => <Time value={createdAt} />,
      },
    ],
    [t, workspace],
  )
}

function ZoneCell({ vswitch }: { readonly vswitch: VSwitch }) {
  const t = useTranslations('networks.vswitch')
  return (
    <>
      <span className="block font-mono text-code">{vswitch.zone}</span>
      {vswitch.zoneSupported ? null : (
        <StatusText tone="idle" className="text-meta">
          {t('zoneUnsupported')}
        </StatusText>
      )}
    </>
  )
}

/** IPv6 blocks are written as a power of two: nobody counts them. */
function AddressCount({ cidr }: { readonly cidr: string }) {
  const t = useTranslations('networks')
  const reading = readCidr(cidr)
  if (!reading.ok) return null
  const { family, bits } = reading.cidr
  if (family === 4)
    return <span className="tnum">{t('count', { count: Number(addressCount(reading.cidr)) })}</span>
  return (
    <span className="tnum">
      2<sup>{128 - bits}</sup>
    </span>
  )
}
