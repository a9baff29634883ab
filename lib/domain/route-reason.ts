import * as z from 'zod'
import { metricsObjectives } from './model-routing.ts'

/** Why a request went where it went, as nodes tell it. Positions begin at 0. */
export const routeReason = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('single') }),
  /** To the service that has what the request is about. */
  z.object({ mode: z.literal('affinity') }),
  /** `rule` is null where the default was taken. */
  z.object({ mode: z.literal('model-name'), rule: z.int().nullable(), pattern: z.string().nullable() }),
  z.object({ mode: z.literal('weight'), position: z.int(), weight: z.int() }),
  z.object({ mode: z.literal('metrics'), position: z.int(), objective: z.enum(metricsObjectives) }),
  z.object({
    mode: z.literal('intent'),
    /** Null where the classifier is not sure. */
    intent: z.string().nullable(),
    /** 0 to 1. */
    confidence: z.number(),
    /** No target is set for it. */
    isDefault: z.boolean(),
  }),
])
export type RouteReason = z.infer<typeof routeReason>
