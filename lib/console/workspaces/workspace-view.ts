import { type Installation, installationFields } from '@/lib/domain/installation.ts'
import type { Role } from '@/lib/domain/role.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import type { WorkspaceRow } from '@/lib/persistence/workspace-store.ts'

export interface WorkspaceFacts {
  readonly role: Role
  readonly installation: Installation
  readonly problems: number
  readonly lastOpenedAt: Date | null
}

export function workspaceView(row: WorkspaceRow, facts: WorkspaceFacts): Workspace {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    displayName: row.displayName,
    description: row.description,
    timeZone: row.timeZone,
    defaultGatewayId: row.defaultGatewayId,
    defaultVpcId: row.defaultVpcId,
    onboardingDismissed: row.onboardingDismissed,
    role: facts.role,
    installation: installationFields.parse(facts.installation),
    problems: facts.problems,
    lastOpenedAt: facts.lastOpenedAt?.toISOString() ?? null,
  }
}
