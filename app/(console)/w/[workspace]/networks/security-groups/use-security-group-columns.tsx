'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Time } from '@/components/ui/time.tsx'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import { UsersCell } from '../../object-users.tsx'
import { NameCell } from '../name-cell.tsx'
import { directions } from './rule-values.ts'

export function useSecurityGroupColumns(workspace: string): DataColumn<SecurityGroup>[] {
  const t = useTranslations('networks')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        cell: (group) => (
          <NameCell object={group} href={`/w/${workspace}/networks/security-groups?open=${group.id}`} />
        ),
      },
      {
        id: 'rules',
        header: t('columns.rules'),
        cell: ({ rules }) => (
          <>
            {directions.map((direction) => (
              <span key={direction} className="block whitespace-nowrap">
                {t(`group.counts.${direction}`, {
                  count: rules.filter((rule) => rule.direction === direction).length,
                })}
              </span>
            ))}
          </>
        ),
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        cell: ({ usedBy }) => <UsersCell users={usedBy} />,
      },
      {
        id: 'updated',
        header: t('columns.updated'),
        priority: 2,
        cell: ({ updatedAt }) => <Time value={updatedAt} />,
      },
    ],
    [t, workspace],
  )
}
