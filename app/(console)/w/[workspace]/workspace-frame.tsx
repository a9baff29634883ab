'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { MissingPage } from '@/components/page/missing-page.tsx'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import { useWorkspaceEvents } from '@/lib/client/use-workspace-events.ts'

type WorkspaceFrameProps = { readonly workspace: string; readonly children: ReactNode }

/** Keeps a workspace's pages live, and says so plainly when the reader is not a member. */
export function WorkspaceFrame({ workspace, children }: WorkspaceFrameProps) {
  const t = useTranslations('shell')
  const { data: session } = useQuery(sessionQueries.current())
  const member = session?.workspaces.some(({ id, name }) => id === workspace || name === workspace)
  if (session && !member) {
    return (
      <MissingPage
        title={t('errors.noWorkspace')}
        text={t('errors.noWorkspaceText')}
        links={[{ href: '/w', label: t('errors.allWorkspaces') }]}
      />
    )
  }
  return (
    <>
      {session ? <LiveWorkspace workspace={workspace} /> : null}
      {children}
    </>
  )
}

function LiveWorkspace({ workspace }: { readonly workspace: string }) {
  useWorkspaceEvents(workspace)
  return null
}
