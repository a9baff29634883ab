'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import { useShell } from '@/components/shell/shell-context.tsx'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import { mayRole, type Permission, type Role, role as roleSchema } from '@/lib/domain/role.ts'

interface WorkspaceAccess {
  /** As in the address: what the API is asked with. */
  readonly workspace: string
  readonly displayName: string
  readonly role: Role
  /** Owners of the installation also change what every workspace shares. */
  readonly ownsInstallation: boolean
  /** The API decides; a page only explains. */
  readonly may: (permission: Permission) => boolean
}

/** The workspace in the address, and what the reader may do in it. */
export function useWorkspace(): WorkspaceAccess {
  const { workspace = '' } = useParams<{ workspace: string }>()
  const shell = useShell()
  const { data } = useQuery(sessionQueries.current())
  const listed = data?.workspaces.find(({ id, name }) => id === workspace || name === workspace)
  const ownsInstallation = data?.user.installationRole === 'owner'
  const role = ownsInstallation
    ? 'owner'
    : (listed?.role ?? roleSchema.catch('viewer').parse(shell.workspace?.role))
  return {
    workspace,
    displayName: listed?.displayName || shell.workspace?.displayName || workspace,
    role,
    ownsInstallation,
    may: (permission) => mayRole(role, permission),
  }
}
