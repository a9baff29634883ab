'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { parseAsBoolean, useQueryStates } from 'nuqs'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Delayed } from '@/components/page/delayed.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { DetailSkeleton } from '@/components/page/skeleton.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { CreateWorkspaceDialog } from './create-workspace-dialog.tsx'
import { FirstWorkspace } from './first-workspace.tsx'
import { useWorkspaceColumns } from './use-workspace-columns.tsx'

const parsers = { create: parseAsBoolean.withDefault(false), all: parseAsBoolean.withDefault(false) }

export function WorkspacesPage() {
  const t = useTranslations('workspaces')
  const { data: session } = useQuery(sessionQueries.current())
  const { data, error, refetch } = useQuery(workspaceQueries.list())
  const [{ create, all }, setState] = useQueryStates(parsers, { history: 'push' })
  const columns = useWorkspaceColumns()
  const owner = session?.user.installationRole === 'owner'
  const only = data?.items.length === 1 && !create && !all ? data.items[0]?.name : undefined
  useSkip(only)
  const open = () => void setState({ create: true })
  useShellActions(
    owner ? [{ id: 'create-workspace', group: 'create', label: t('create'), run: open, shortcut: 'c' }] : [],
  )
  const waiting = (!data && !error) || only !== undefined || !session
  if (waiting) {
    return (
      <PageBody layout="list">
        <Delayed loading skeleton={<DetailSkeleton />}>
          {null}
        </Delayed>
      </PageBody>
    )
  }
  if (data?.items.length === 0) return <FirstWorkspace owner={owner} />
  return (
    <PageBody layout="list">
      <PageHeader
        title={t('title')}
        actions={
          <Button
            variant="primary"
            icon={Plus}
            shortcut="c"
            disabledReason={owner ? undefined : t('notOwner')}
            onClick={open}
          >
            {t('create')}
          </Button>
        }
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={data?.items}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={({ name }) => `/w/${name}`}
        error={data ? undefined : (error ?? undefined)}
        errorTitle={t('loadFailed')}
        onRetry={() => void refetch()}
      />
      {create && owner ? <CreateWorkspaceDialog onClose={() => void setState({ create: null })} /> : null}
    </PageBody>
  )
}

/** With one workspace there is nothing to choose. */
function useSkip(only: string | undefined) {
  const router = useRouter()
  useEffect(() => {
    if (only !== undefined) router.replace(`/w/${only}`)
  }, [only, router])
}
