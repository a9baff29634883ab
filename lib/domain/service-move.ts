import * as z from 'zod'

/** `POST /inference-services/move`: onto another gateway, each by itself; `dryRun` only checks. */
export const moveServicesInput = z.object({
  gatewayId: z.string().min(1).max(64),
  serviceIds: z.array(z.string().max(64)).min(1).max(200),
  dryRun: z.boolean().default(false),
})
export type MoveServicesInput = z.infer<typeof moveServicesInput>

export const moveServicesResult = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** `movable` with `dryRun`; `unchanged`: it is there already. */
      outcome: z.enum(['moved', 'movable', 'unchanged', 'refused']),
      /** What refuses it, each in one sentence. */
      complaints: z.array(z.object({ code: z.string(), message: z.string() })),
    }),
  ),
})
export type MoveServicesResult = z.infer<typeof moveServicesResult>
