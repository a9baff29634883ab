'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { Workspace } from '@/lib/domain/workspace.ts'

export function useWorkspaceColumns(): DataColumn<Workspace>[] {
  const t = useTranslations('workspaces')
  const roleName = useTranslations('members.roles')
  return useMemo(
    () => [
      { id: 'name', header: t('columns.name'), cell: (workspace) => <NameCell workspace={workspace} /> },
      { id: 'role', header: t('columns.role'), cell: ({ role }) => roleName(role) },
      {
        id: 'problems',
        header: t('columns.problems'),
        cell: ({ problems }) => (
          <StatusText tone={problems > 0 ? 'warn' : 'ok'}>
            {problems > 0 ? t('problems', { count: problems }) : t('noProblems')}
          </StatusText>
        ),
      },
      {
        id: 'opened',
        header: t('columns.lastOpened'),
        priority: 2,
        cell: ({ lastOpenedAt }) =>
          lastOpenedAt === null ? (
            <span className="text-ink-3">{t('never')}</span>
          ) : (
            <Time value={lastOpenedAt} className="text-ink-2" />
          ),
      },
    ],
    [t, roleName],
  )
}

function NameCell({ workspace }: { readonly workspace: Workspace }) {
  const { name, displayName, description } = workspace
  return (
    <>
      <TextLink plain href={`/w/${name}`} className="font-medium text-ink" translate="no">
        {displayName || name}
      </TextLink>
      <span className="block max-w-[60ch] text-meta text-ink-3 [overflow-wrap:anywhere]">
        <span className="font-mono">{name}</span>
        {description === '' ? null : ` · ${description}`}
      </span>
    </>
  )
}
