import * as z from 'zod'

/**
 * `POST …/model-apis/{id}/plugins/self-test`: the console sends requests to a node's own listener, which go through the
 * plugin as every request does and end before a service is asked. Nothing is counted to anybody.
 */
export const selfTestedPlugins = ['authorization', 'moderation', 'rateLimits', 'quotas'] as const
export type SelfTestedPlugin = (typeof selfTestedPlugins)[number]

export const selfTestInput = z.strictObject({
  plugin: z.enum(selfTestedPlugins),
  /** What moderation should refuse; null: the first word that it blocks. */
  text: z.string().min(1).max(2000).nullable().default(null),
})
export type SelfTestInput = z.infer<typeof selfTestInput>

/**
 * `enforced`: a refusal by this plugin was seen. `not-enforced`: the request passed. `unreachable`: no node answered as
 * one does. `nothing-to-refuse`: it is off, or nothing of it refuses a request.
 */
export const selfTestOutcomes = ['enforced', 'not-enforced', 'unreachable', 'nothing-to-refuse'] as const
export type SelfTestOutcome = (typeof selfTestOutcomes)[number]

const sight = z.object({
  url: z.string(),
  /** Null: no answer came, and `failure` says why. */
  status: z.int().nullable(),
  /** Of the gateway's error; null: it let the request pass. */
  code: z.string().nullable(),
  requestId: z.string(),
  durationMs: z.number(),
  failure: z.string().nullable(),
})
export type SelfTestSight = z.infer<typeof sight>

export const selfTestResult = z.object({
  plugin: z.enum(selfTestedPlugins),
  /** Of all checks: the first that is not `enforced`. */
  outcome: z.enum(selfTestOutcomes),
  at: z.iso.datetime(),
  checks: z.array(
    z.object({
      /** Which of the plugin's rules, from 0 on; null: the plugin as a whole. */
      rule: z.int().nullable(),
      outcome: z.enum(selfTestOutcomes),
      /** In the order of sending. */
      seen: z.array(sight),
    }),
  ),
})
export type SelfTestResult = z.infer<typeof selfTestResult>
