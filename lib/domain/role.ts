import * as z from 'zod'

/** Strongest first. */
export const roles = ['owner', 'admin', 'developer', 'viewer'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** What a role may do in its workspace. Checked in use cases, never only in a page. */
export const permissions = {
  'workspace.read': ['owner', 'admin', 'developer', 'viewer'],
  'workspace.write': ['owner', 'admin'],
  'workspace.delete': ['owner'],
  'members.read': ['owner', 'admin', 'developer', 'viewer'],
  'members.write': ['owner'],
  'activity.read': ['owner', 'admin', 'developer', 'viewer'],
  'api-tokens.read': ['owner', 'admin'],
  'api-tokens.write': ['owner', 'admin'],
  'inference-services.read': ['owner', 'admin', 'developer', 'viewer'],
  'inference-services.write': ['owner', 'admin', 'developer'],
  'inference-services.reveal-token': ['owner', 'admin', 'developer'],
  'gateways.read': ['owner', 'admin', 'developer', 'viewer'],
  'gateways.write': ['owner', 'admin'],
  'networks.read': ['owner', 'admin', 'developer', 'viewer'],
  'networks.write': ['owner', 'admin'],
  'certificates.read': ['owner', 'admin', 'developer', 'viewer'],
  'certificates.write': ['owner', 'admin'],
  'domains.read': ['owner', 'admin', 'developer', 'viewer'],
  'domains.write': ['owner', 'admin'],
  'sources.read': ['owner', 'admin', 'developer', 'viewer'],
  'sources.write': ['owner', 'admin'],
  'services.read': ['owner', 'admin', 'developer', 'viewer'],
  'services.write': ['owner', 'admin', 'developer'],
  'model-apis.read': ['owner', 'admin', 'developer', 'viewer'],
  'model-apis.write': ['owner', 'admin', 'developer'],
  'model-apis.debug': ['owner', 'admin', 'developer'],
  'requests.read': ['owner', 'admin', 'developer', 'viewer'],
  'requests.read-content': ['owner', 'admin', 'developer'],
  'consumers.read': ['owner', 'admin', 'developer', 'viewer'],
  'consumers.write': ['owner', 'admin', 'developer'],
  'revisions.restore': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export function mayRole(candidate: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(candidate)
}

/** The roles that have a permission, for "ask an owner or an admin". */
export function rolesWith(permission: Permission): readonly Role[] {
  return permissions[permission]
}
