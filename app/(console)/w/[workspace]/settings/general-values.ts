import * as z from 'zod'
import { line } from '@/lib/domain/object.ts'
import { timeZone, type UpdateWorkspaceInput, type Workspace } from '@/lib/domain/workspace.ts'

export const generalValues = z.object({
  displayName: line(64),
  description: line(200),
  timeZone,
  defaultGatewayId: z.string().min(1),
})
export type GeneralValues = z.infer<typeof generalValues>

/** Only what differs; null when nothing does. */
export function generalChanges(
  before: Pick<Workspace, keyof GeneralValues>,
  values: GeneralValues,
): Partial<Omit<UpdateWorkspaceInput, 'version'>> | null {
  const names = Object.keys(values) as (keyof GeneralValues)[]
  const changed = names.filter((name) => before[name] !== values[name])
  return changed.length === 0 ? null : Object.fromEntries(changed.map((name) => [name, values[name]]))
}
