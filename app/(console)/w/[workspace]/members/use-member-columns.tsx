'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Tag } from '@/components/ui/tag.tsx'
import { Time } from '@/components/ui/time.tsx'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import type { Member } from '@/lib/domain/member.ts'
import { RoleSelect } from './role-select.tsx'

export function useMemberColumns(): DataColumn<Member>[] {
  const t = useTranslations('members')
  return useMemo(
    () => [
      { id: 'name', header: t('columns.name'), cell: (member) => <NameCell member={member} /> },
      {
        id: 'role',
        header: t('columns.role'),
        width: '200px',
        cell: (member) => <RoleSelect member={member} />,
      },
      {
        id: 'lastActive',
        header: t('columns.lastActive'),
        priority: 2,
        cell: ({ lastActiveAt }) =>
          lastActiveAt === null ? (
            <span className="text-ink-3">{t('never')}</span>
          ) : (
            <Time value={lastActiveAt} className="text-ink-2" />
          ),
      },
      {
        id: 'joined',
        header: t('columns.joined'),
        priority: 3,
        cell: ({ createdAt }) => <Time value={createdAt} className="text-ink-2" />,
      },
    ],
    [t],
  )
}

function NameCell({ member }: { readonly member: Member }) {
  const t = useTranslations('members')
  const { data } = useQuery(sessionQueries.current())
  return (
    <>
      <span className="flex items-center gap-2 font-medium">
        {member.name}
        {data?.user.id === member.userId ? <Tag>{t('you')}</Tag> : null}
      </span>
      <span className="block text-meta text-ink-3 [overflow-wrap:anywhere]">{member.email}</span>
    </>
  )
}
