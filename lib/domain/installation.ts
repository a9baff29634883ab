import * as z from 'zod'
import { versionInput } from './object.ts'

const place = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]{2,32}$/, 'Lower-case letters, digits and -, 2 to 32.')

export const installationFields = z.object({
  region: place.default('local'),
  zones: z
    .array(place)
    .min(1, 'Name at least one zone.')
    .max(20)
    .refine((zones) => new Set(zones).size === zones.length, 'A zone is named twice.')
    .default(['local-a', 'local-b', 'local-c']),
  /** Zones in which gateways can stand; null: all. */
  gatewayZones: z.array(place).max(20).nullable().default(null),
  /** Gateways may ask for VPCs of other workspaces, which must consent. */
  crossWorkspaceVpc: z.boolean().default(false),
})

/** `GET`/`PATCH /api/v1/settings`: owners of the installation only. */
export const installation = z.object({
  ...installationFields.shape,
  version: z.int(),
  publicUrl: z.string(),
  database: z.enum(['sqlite', 'postgresql']),
  programVersion: z.string(),
})
export type Installation = z.infer<typeof installation>

export const updateInstallationInput = z.object({
  region: place.optional(),
  zones: installationFields.shape.zones.unwrap().optional(),
  gatewayZones: installationFields.shape.gatewayZones.unwrap().optional(),
  crossWorkspaceVpc: z.boolean().optional(),
  ...versionInput.shape,
})
export type UpdateInstallationInput = z.infer<typeof updateInstallationInput>
