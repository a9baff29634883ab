import * as z from 'zod'
import { installationFields } from './installation.ts'
import { line, objectFields, versionInput } from './object.ts'
import { role } from './role.ts'

export const workspaceName = z
  .string()
  .trim()
  .regex(
    /^[a-z][a-z0-9-]{1,31}$/,
    'Start with a lower-case letter; then lower-case letters, digits and -, 2 to 32 in all.',
  )

export const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone), 'Name a time zone as IANA does, such as Europe/Berlin.')

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export const workspaceFields = z.object({
  name: workspaceName,
  /** Empty means the name. */
  displayName: line(64).default(''),
  description: line(200).default(''),
  timeZone: timeZone.default('UTC'),
})

export const createWorkspaceInput = workspaceFields
export type CreateWorkspaceInput = z.infer<typeof createWorkspaceInput>

/** The name is part of links and does not change. */
export const updateWorkspaceInput = z.object({
  displayName: line(64).optional(),
  description: line(200).optional(),
  timeZone: timeZone.optional(),
  /** Preselected on deploy. */
  defaultGatewayId: z.string().nullable().optional(),
  /** Preselected on deploy. Null: none. */
  defaultVpcId: z.string().nullable().optional(),
  onboardingDismissed: z.boolean().optional(),
  ...versionInput.shape,
})
export type UpdateWorkspaceInput = z.infer<typeof updateWorkspaceInput>

export const workspace = objectFields.extend({
  ...workspaceFields.shape,
  displayName: z.string(),
  description: z.string(),
  timeZone: z.string(),
  defaultGatewayId: z.string().nullable(),
  defaultVpcId: z.string().nullable(),
  onboardingDismissed: z.boolean(),
  /** The caller's role. */
  role,
  /** What the installation offers to every workspace: forms of networks and gateways choose from it. */
  installation: installationFields,
  /** Open problems, as the overview lists them. */
  problems: z.int(),
  lastOpenedAt: z.iso.datetime().nullable(),
})
export type Workspace = z.infer<typeof workspace>
