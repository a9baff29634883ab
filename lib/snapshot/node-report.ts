import * as z from 'zod'
import { recordedRequest } from './recorded-request.ts'

/**
 * What a gateway node tells the console, about once a second and at once when something changes:
 * `POST /api/node/reports` with `Authorization: Bearer <node token>`. Losing reports never slows a request.
 */

/**
 * `unready`: active checks fail. `ejected`: failures in traffic took it out until `until`. `probing`: one request
 * decides. `paused`: it asked for a rest until `until`.
 */
export const instanceHealthState = z.enum(['unknown', 'ready', 'unready', 'ejected', 'probing', 'paused'])
export type InstanceHealthState = z.infer<typeof instanceHealthState>

export const instanceHealthReport = z.object({
  /** A provider's base URL is known by its service's id. */
  instanceId: z.string(),
  state: instanceHealthState,
  /** Why it is so, in one line, safe to show: `Connection refused`, `Answered 500`. */
  reason: z.string().max(300).nullable(),
  /** When this state began. Milliseconds since the epoch. */
  since: z.number(),
  /** When an ejection or a pause ends; null otherwise. */
  until: z.number().nullable(),
  checkedAt: z.number().nullable(),
})
export type InstanceHealthReport = z.infer<typeof instanceHealthReport>

/** One change of an instance's state, for its history. */
export const healthEvent = z.object({
  instanceId: z.string(),
  at: z.number(),
  state: instanceHealthState,
  reason: z.string().max(300).nullable(),
})
export type HealthEvent = z.infer<typeof healthEvent>

/** `failing`: refused or failing, tried again at `until`. `paused`: it asked for a rest until `until`. */
export const providerKeyState = z.enum(['unknown', 'ready', 'failing', 'paused'])

/** What a node knows of one service of the AI gateway besides the health of its instances. */
export const upstreamServiceReport = z.object({
  serviceId: z.string(),
  /** Null where nothing is discovered. `failed`: never an answer. `stale`: the last good one serves. */
  discovery: z
    .object({
      state: z.enum(['pending', 'current', 'stale', 'failed']),
      /** Why, in one line, safe to show. */
      reason: z.string().max(300).nullable(),
      since: z.number(),
      /** When the list was last confirmed. */
      syncedAt: z.number().nullable(),
      endpoints: z
        .array(z.object({ instanceId: z.string(), url: z.string(), weight: z.number() }))
        .max(1_000),
    })
    .nullable(),
  keys: z.array(
    z.object({
      keyId: z.string(),
      state: providerKeyState,
      /** `Answered 401`, in one line, safe to show. */
      reason: z.string().max(300).nullable(),
      since: z.number(),
      until: z.number().nullable(),
    }),
  ),
})
export type UpstreamServiceReport = z.infer<typeof upstreamServiceReport>

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
  /** Answers of 429 and 450 that the gateway made; also among `clientErrors`. */
  rateLimited: z.number(),
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
    z.object({
      side: z.enum(['internet', 'vpc']),
      protocol: z.enum(['http', 'https', 'tcp']),
      port: z.number(),
    }),
  ),
  /** Null until the first snapshot. */
  revision: z.number().nullable(),
  appliedAt: z.number().nullable(),
  /** The newest snapshot that did not build, and why; null when the newest one runs. */
  refused: z.object({ revision: z.number(), reason: z.string().max(1000) }).nullable(),
  openRequests: z.number(),
  residentBytes: z.number(),
  /** Open client connections. */
  connections: z.number(),
  /** Null when nothing changed since the last report; `isWhole` replaces what the console knows, else it adds to it. */
  instances: z.object({ isWhole: z.boolean(), items: z.array(instanceHealthReport) }).nullable(),
  /** As `instances`, by service. */
  upstreamServices: z
    .object({ isWhole: z.boolean(), items: z.array(upstreamServiceReport) })
    .nullable()
    .default(null),
  /** Changes since the last report, oldest first. */
  healthEvents: z.array(healthEvent).max(2_000),
  rollups: z.array(requestRollup).max(50_000),
  /** Requests not counted because the console was away longer than the node's bounded memory. */
  rollupsDropped: z.number(),
  /** Of Model APIs that keep records, oldest first; of very many at once the newest. */
  records: z.array(recordedRequest).max(2_000).default([]),
})
export type NodeReport = z.infer<typeof nodeReport>
