import * as z from 'zod'
import { activityEntry } from './activity.ts'

export const openProblem = z.object({
  /** The console translates by kind; `detail` is the cause. */
  kind: z.enum([
    'service-failed',
    'service-degraded',
    'node-lost',
    'no-node',
    'revision-refused',
    'snapshot-refused',
  ]),
  severity: z.enum(['warning', 'critical']),
  object: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  detail: z.string(),
  since: z.iso.datetime().nullable(),
})
export type OpenProblem = z.infer<typeof openProblem>

const series = z.object({ total: z.number().nullable(), points: z.array(z.number().nullable()) })

/** `GET /workspaces/{ws}/overview`. Points are hours, oldest first. */
export const overview = z.object({
  checkedAt: z.iso.datetime(),
  problems: z.array(openProblem),
  numbers: z.object({ requests: series, successRate: series, averageMs: series, tokens: series }),
  topServices: z.array(z.object({ id: z.string(), name: z.string(), requests: z.int(), errors: z.int() })),
  recentActivity: z.array(activityEntry),
  onboarding: z.object({
    dismissed: z.boolean(),
    /** Computed from data, never from flags. */
    steps: z.array(
      z.object({ id: z.enum(['register-service', 'call-service', 'invite-member']), done: z.boolean() }),
    ),
  }),
})
export type Overview = z.infer<typeof overview>
