'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { apiTokenQueries } from '@/lib/client/api-tokens-queries.ts'
import type { Role } from '@/lib/domain/role.ts'
import { CreateTokenDialog } from './create-token-dialog.tsx'
import { RevokeTokenButton } from './revoke-token-button.tsx'
import { useTokenColumns } from './use-token-columns.tsx'

interface ApiTokensProps {
  /** Null: those of the whole installation. */
  readonly workspace: string | null
  /** A token may not do more than the person who makes it. */
  readonly roleMax: Role
  readonly note?: string
}

export function ApiTokens({ workspace, roleMax, note }: ApiTokensProps) {
  const t = useTranslations('settings.tokens')
  const { data, error, refetch } = useQuery(apiTokenQueries.list(workspace))
  const columns = useTokenColumns()
  const [creating, setCreating] = useState(false)
  const create = () => setCreating(true)
  useShellActions([
    { id: `create-token ${workspace}`, group: 'create', label: t('create'), run: create, shortcut: 'c' },
  ])
  const button = (
    <Button variant={workspace === null ? 'secondary' : 'primary'} icon={Plus} shortcut="c" onClick={create}>
      {t('create')}
    </Button>
  )
  return (
    <div className={workspace === null ? undefined : 'pt-5'}>
      {data?.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneHelp')} actions={button} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-[68ch] text-control text-ink-3">{note}</p>
            {button}
          </div>
          <DataTable
            label={t('title')}
            columns={columns}
            rows={data}
            rowId={({ id }) => id}
            rowName={({ name }) => name}
            rowActions={(token) => <RevokeTokenButton workspace={workspace} token={token} />}
            skeletonRows={2}
            error={data ? undefined : (error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void refetch()}
          />
        </>
      )}
      {creating ? (
        <CreateTokenDialog workspace={workspace} roleMax={roleMax} onClose={() => setCreating(false)} />
      ) : null}
    </div>
  )
}
