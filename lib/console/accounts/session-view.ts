import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { locale, type Preferences, preferences, type Session } from '@/lib/domain/account.ts'
import { role } from '@/lib/domain/role.ts'
import { getUser, type UserRow } from '@/lib/persistence/account-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listMemberships } from '@/lib/persistence/member-store.ts'
import { listWorkspaces } from '@/lib/persistence/workspace-store.ts'

/** More than this a switcher cannot show; the workspaces page lists them all. */
const workspacesMax = 500

export async function sessionView(transaction: Transaction, userId: string): Promise<Session> {
  const user = found(await getUser(transaction, userId))
  const ownsInstallation = user.installationRole === 'owner'
  return {
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      installationRole: ownsInstallation ? 'owner' : null,
      preferences: preferencesOf(user),
    },
    workspaces: ownsInstallation
      ? await everyWorkspace(transaction)
      : await ownWorkspaces(transaction, userId),
    version: consoleContext().programVersion,
  }
}

async function everyWorkspace(transaction: Transaction): Promise<Session['workspaces']> {
  const { items } = await listWorkspaces(transaction, { userId: null, limit: workspacesMax })
  return items.map(({ id, name, displayName }) => ({ id, name, displayName, role: 'owner' }))
}

async function ownWorkspaces(transaction: Transaction, userId: string): Promise<Session['workspaces']> {
  const memberships = await listMemberships(transaction, userId)
  return memberships.map((member) => ({
    id: member.workspace.id,
    name: member.workspace.name,
    displayName: member.workspace.displayName,
    role: role.parse(member.role),
  }))
}

export function preferencesOf(user: UserRow): Preferences {
  const { theme, density } = preferences.shape
  return {
    locale: locale.nullable().catch(null).parse(user.locale),
    theme: theme.catch('system').parse(user.theme),
    density: density.catch('comfortable').parse(user.density),
    timeZone: user.timeZone,
    singleKeyShortcuts: user.singleKeyShortcuts,
  }
}
