'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { Vpc } from '@/lib/domain/network.ts'
import { UsersCell } from '../object-users.tsx'
import { NameCell } from './name-cell.tsx'

export function useVpcColumns(workspace: string): DataColumn<Vpc>[] {
  const t = useTranslations('networks')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (vpc) => <NameCell object={vpc} href={`/w/${workspace}/networks?open=${vpc.id}`} />,
      },
      {
        id: 'blocks',
        header: t('columns.blocks'),
        cell: ({ cidrs }) => (
          <span className="flex flex-wrap gap-x-3 font-mono text-code">
            {cidrs.map((cidr) => (
              <span key={cidr}>{cidr}</span>
            ))}
          </span>
        ),
      },
      {
        id: 'vswitches',
        header: t('columns.vswitches'),
        align: 'end',
        priority: 2,
        cell: ({ id, vswitches }) => (
          <TextLink plain href={`/w/${workspace}/networks/vswitches?vpc=${id}`} className="tnum">
            {vswitches}
          </TextLink>
        ),
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        priority: 2,
        cell: ({ usedBy }) => <UsersCell users={usedBy.filter(({ kind }) => kind !== 'vswitch')} />,
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
