import { AppError } from '@/lib/domain/error.ts'
import { mayRole, type Permission, type Role, rolesWith } from '@/lib/domain/role.ts'
import { createId } from '@/lib/platform/id.ts'

/** Who asks, from where, and under which request id. Use cases get this and nothing of HTTP. */
export interface Caller {
  readonly kind: 'user' | 'api-token' | 'system'
  /** The user's or the API token's id; null for the system and the bootstrap token. */
  readonly id: string | null
  readonly name: string
  /** Signed in with a browser session; null for API tokens. */
  readonly session: { readonly id: string; readonly token: string } | null
  /** Owners of the installation hold the owner's role in every workspace. */
  readonly ownsInstallation: boolean
  /** An API token's reach: one workspace, or (null) all of them, with one role. Null for users. */
  readonly tokenScope: { readonly workspaceId: string | null; readonly role: Role } | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string
}

/** The console itself, in what it does on its own. */
export function systemCaller(): Caller {
  return {
    kind: 'system',
    id: null,
    name: 'Switchyard',
    session: null,
    ownsInstallation: false,
    tokenScope: null,
    address: null,
    userAgent: null,
    requestId: createId('req'),
  }
}

/** A caller inside a workspace that it may see. */
export interface WorkspaceCaller extends Caller {
  readonly workspace: { readonly id: string; readonly name: string }
  readonly role: Role
}

/** Throws `forbidden` with the roles that could help. */
export function requirePermission(caller: WorkspaceCaller, permission: Permission): void {
  if (mayRole(caller.role, permission)) return
  const helpers = rolesWith(permission).join(' or ')
  throw new AppError('forbidden', `Your role here is ${caller.role}. Ask for the role ${helpers}.`)
}

export function requireInstallationOwner(caller: Caller): void {
  if (caller.ownsInstallation) return
  throw new AppError('forbidden', 'Only an owner of the installation may do this.')
}

/** Account pages belong to people: an API token has no password, sessions or preferences. */
export function requireUser(caller: Caller): { readonly id: string; readonly sessionToken: string } {
  if (caller.kind === 'user' && caller.id !== null && caller.session !== null) {
    return { id: caller.id, sessionToken: caller.session.token }
  }
  throw new AppError('forbidden', 'Sign in as a person; an API token has no account.')
}
