'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams, usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { Shell } from '@/components/shell/shell.tsx'
import type { ShellWorkspace } from '@/components/shell/shell-context.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import type { Preferences } from '@/lib/client/preferences.ts'
import { sessionQueries, useSignOut } from '@/lib/client/session-queries.ts'
import type { Session } from '@/lib/domain/account.ts'
import { useLastWorkspace } from './use-last-workspace.ts'
import { usePaletteObjects } from './use-palette-objects.ts'
import { usePreferences } from './use-preferences.ts'

type ConsoleShellProps = { readonly preferences: Preferences; readonly children: ReactNode }

/** Everything behind sign-in: asks who is there, sends strangers to the door, draws the frame. */
export function ConsoleShell({ preferences, children }: ConsoleShellProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const session = useQuery(sessionQueries.current())
  const stranger = session.error instanceof ConsoleApiError && session.error.status === 401
  useSendToDoor(stranger)
  const workspace = useShownWorkspace(session.data)
  const palette = usePaletteObjects(workspace?.name)
  const signOut = useSignOut()
  const { shown, setPreference } = usePreferences(preferences, session.data)
  return (
    <Shell
      user={session.data?.user}
      workspace={workspace}
      workspaces={session.data?.workspaces ?? []}
      preferences={shown}
      onPreference={setPreference}
      onSignOut={() => signOut.mutate(undefined, { onSuccess: () => router.push('/sign-in') })}
      objects={palette.objects}
      counts={palette.counts}
      onPaletteOpen={palette.wake}
    >
      {session.error && !stranger && !session.data ? (
        <PageBody layout="detail">
          <ErrorState
            size="page"
            title={t('errors.sessionFailed')}
            error={session.error}
            onRetry={() => void session.refetch()}
            retrying={session.isFetching}
          />
        </PageBody>
      ) : stranger ? null : (
        children
      )}
    </Shell>
  )
}

function useSendToDoor(stranger: boolean) {
  const router = useRouter()
  const pathname = usePathname()
  useEffect(() => {
    if (!stranger) return
    const next = encodeURIComponent(pathname + window.location.search)
    router.replace(`/sign-in?next=${next}`)
  }, [stranger, pathname, router])
}

/** The workspace of the address; on pages that belong to none, the one visited last in this tab. */
function useShownWorkspace(session: Session | undefined): ShellWorkspace | undefined {
  const { workspace: inAddress } = useParams<{ workspace?: string }>()
  const pathname = usePathname()
  const name = inAddress === undefined ? undefined : decodeURIComponent(inAddress)
  const last = useLastWorkspace(name)
  const wanted = name ?? (pathname === '/account' ? last : undefined)
  if (wanted === undefined) return undefined
  const found = session?.workspaces.find((candidate) => candidate.name === wanted || candidate.id === wanted)
  if (found || session) return found
  return { id: wanted, name: wanted, displayName: wanted, role: 'viewer' }
}
