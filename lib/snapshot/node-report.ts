import * as z from 'zod'

/**
 * What a gateway node tells the console, about once a second and at once when something changes:
 * `POST /api/node/reports` with `Authorization: Bearer <node token>`. Losing reports never slows a request.
 */

export const instanceHealthReport = z.object({
  instanceId: z.string(),
  state: z.enum(['unknown', 'ready', 'unready']),
  /** Why it is so, in one line, safe to show: `Connection refused`, `Answered 500`. */
  reason: z.string().max(300).nullable(),
  /** When this state began. Milliseconds since the epoch. */
  since: z.number(),
  checkedAt: z.number().nullable(),
})
export type InstanceHealthReport = z.infer<typeof instanceHealthReport>

/** Counts since the last report for one service and token in one minute. Sums, so that reports add up. */
export const requestRollup = z.object({
  /** Start of the minute. Milliseconds since the epoch. */
  minute: z.number(),
  serviceId: z.string(),
  /** Null where the request was refused before a token was known. */
  tokenId: z.string().nullable(),
  requests: z.number(),
  /** Answers of 400 to 499, the gateway's own included. */
  clientErrors: z.number(),
  /** Answers of 500 and up, the gateway's own included. */
  serverErrors: z.number(),
  durationMsSum: z.number(),
  firstByteMsSum: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  bytesIn: z.number(),
  bytesOut: z.number(),
})
export type RequestRollup = z.infer<typeof requestRollup>

export const nodeReport = z.object({
  nodeId: z.string().max(64),
  gatewayId: z.string().max(64),
  host: z.string().max(255),
  pid: z.number(),
  /** The program's version. */
  version: z.string().max(64),
  startedAt: z.number(),
  state: z.enum(['running', 'draining']),
  listeners: z.array(
    z.object({ side: z.enum(['internet', 'vpc']), protocol: z.enum(['http', 'https']), port: z.number() }),
  ),
  /** Null until the first snapshot. */
  revision: z.number().nullable(),
  appliedAt: z.number().nullable(),
  /** The newest snapshot that did not build, and why; null when the newest one runs. */
  refused: z.object({ revision: z.number(), reason: z.string().max(1000) }).nullable(),
  openRequests: z.number(),
  residentBytes: z.number(),
  /** The whole list, or null when nothing changed since the last report. */
  instances: z.array(instanceHealthReport).nullable(),
  rollups: z.array(requestRollup).max(50_000),
  /** Requests not counted because the console was away longer than the node's bounded memory. */
  rollupsDropped: z.number(),
})
export type NodeReport = z.infer<typeof nodeReport>
