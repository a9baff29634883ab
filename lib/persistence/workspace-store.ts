import type { Transaction } from './database.ts'
import type { Workspace } from './generated/sqlite/client.ts'

export type WorkspaceRow = Workspace

export interface NewWorkspace {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly timeZone: string
}

export async function insertWorkspace(
  transaction: Transaction,
  workspace: NewWorkspace,
): Promise<WorkspaceRow> {
  return await transaction.workspace.create({ data: workspace })
}

/** By id or by name: names cannot look like ids, which have `_` and capitals. */
export async function findWorkspace(
  transaction: Transaction,
  idOrName: string,
): Promise<WorkspaceRow | null> {
  return await transaction.workspace.findFirst({ where: { OR: [{ id: idOrName }, { name: idOrName }] } })
}

/** By name. Null `ids`: all of them. */
export async function listWorkspaces(
  transaction: Transaction,
  filter: {
    readonly ids: readonly string[] | null
    readonly afterName: string | null
    readonly limit: number
  },
): Promise<readonly WorkspaceRow[]> {
  const { ids, afterName, limit } = filter
  return await transaction.workspace.findMany({
    where: { ...(ids && { id: { in: [...ids] } }), ...(afterName !== null && { name: { gt: afterName } }) },
    orderBy: { name: 'asc' },
    take: limit,
  })
}

export interface WorkspaceChange {
  readonly displayName?: string
  readonly description?: string
  readonly timeZone?: string
  readonly defaultGatewayId?: string | null
  readonly onboardingDismissed?: boolean
}

/** Null when the row is no longer at `version`. */
export async function updateWorkspace(
  transaction: Transaction,
  id: string,
  version: number,
  change: WorkspaceChange,
): Promise<WorkspaceRow | null> {
  const { count } = await transaction.workspace.updateMany({
    where: { id, version },
    data: { ...change, version: { increment: 1 } },
  })
  return count === 0 ? null : await transaction.workspace.findUnique({ where: { id } })
}

export async function deleteWorkspace(transaction: Transaction, id: string): Promise<void> {
  await transaction.workspace.delete({ where: { id } })
}
