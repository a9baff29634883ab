import * as z from 'zod'
import { fromSwitched, switchedOff, toSwitched } from '@/lib/client/switched.ts'
import {
  defaultRateLimits,
  type Gateway,
  type GatewayLimitsInput,
  gatewayLimitsInput,
  proxyProtocolInput,
  type UpdateGatewayInput,
} from '@/lib/domain/gateway.ts'
import { requestsPerSecond } from '@/lib/domain/traffic-policy.ts'

const { shape } = gatewayLimitsInput

/** Bytes and times. */
export const limitNames = [
  'requestBodyBytesMax',
  'clientIdleMs',
  'upstreamConnectMs',
  'upstreamIdleMs',
  'requestMs',
] as const
export type LimitName = (typeof limitNames)[number]

/** Requests per second; null is none. */
export const rateNames = ['requestsPerSecond', 'requestsPerSecondPerService'] as const
export type RateName = (typeof rateNames)[number]

/** What one node takes at a time. */
export const countNames = ['connectionsMax', 'requestsInFlightMax'] as const
export type CountName = (typeof countNames)[number]

const block = z.union([z.cidrv4(), z.cidrv6()])
const rate = z.discriminatedUnion('enabled', [
  switchedOff,
  z.object({ enabled: z.literal(true), value: requestsPerSecond }),
])

/** The gateway's settings as the form edits them: address blocks are text, one per line. */
export const gatewaySettingsValues = z
  .object({
    requestBodyBytesMax: shape.requestBodyBytesMax.unwrap(),
    clientIdleMs: shape.clientIdleMs.unwrap(),
    upstreamConnectMs: shape.upstreamConnectMs.unwrap(),
    upstreamIdleMs: shape.upstreamIdleMs.unwrap(),
    requestMs: shape.requestMs.unwrap(),
    requestsPerSecond: rate,
    requestsPerSecondPerService: rate,
    connectionsMax: shape.connectionsMax.unwrap(),
    requestsInFlightMax: shape.requestsInFlightMax.unwrap(),
    trustedProxies: z
      .string()
      .refine((text) => linesOf(text).every((line) => block.safeParse(line).success), {
        message: 'Write an address block such as 10.0.0.0/8.',
      })
      .refine((text) => linesOf(text).length <= 50, { message: 'At most 50 address blocks.' }),
    proxyProtocol: proxyProtocolInput,
  })
  .refine(
    ({ trustedProxies, proxyProtocol: { internet, vpc } }) =>
      linesOf(trustedProxies).length > 0 || !(internet || vpc),
    {
      path: ['trustedProxies'],
      // The API's own sentence for it.
      message: 'The PROXY protocol needs at least one trusted proxy: nobody else may send its header.',
    },
  )
export type GatewaySettingsValues = z.infer<typeof gatewaySettingsValues>

export function valuesOf({
  limits,
  trustedProxies,
  proxyProtocol,
}: Pick<Gateway, 'limits' | 'trustedProxies' | 'proxyProtocol'>): GatewaySettingsValues {
  const switchedRate = (name: RateName) => {
    const value = limits[name]
    return toSwitched(value === null ? null : { value }, { value: defaultRateLimits.shared[name] })
  }
  return {
    ...limits,
    requestsPerSecond: switchedRate('requestsPerSecond'),
    requestsPerSecondPerService: switchedRate('requestsPerSecondPerService'),
    trustedProxies: trustedProxies.join('\n'),
    proxyProtocol,
  }
}

export function rateOf(values: GatewaySettingsValues, name: RateName): number | null {
  return (
    fromSwitched<{ value: number }>(values[name], { value: defaultRateLimits.shared[name] })?.value ?? null
  )
}

/** Only what differs, so that a save says exactly what it changes. Null when nothing does. */
export function changesOf(
  base: GatewaySettingsValues,
  values: GatewaySettingsValues,
): Omit<UpdateGatewayInput, 'version'> | null {
  const [before, after] = [plain(base), plain(values)]
  const differ = <K extends string>(names: readonly K[], of: (side: typeof after) => Record<K, unknown>) =>
    names.filter((name) => JSON.stringify(of(before)[name]) !== JSON.stringify(of(after)[name]))
  const limits = differ([...limitNames, ...rateNames, ...countNames], (side) => side.limits)
  const rest = differ(['trustedProxies', 'proxyProtocol'], (side) => side)
  if (limits.length === 0 && rest.length === 0) return null
  return {
    ...(limits.length === 0 ? {} : { limits: pick(after.limits, limits) }),
    ...pick({ trustedProxies: after.trustedProxies, proxyProtocol: after.proxyProtocol }, rest),
  }
}

/** The values in the API's own shape. */
function plain(values: GatewaySettingsValues) {
  const { trustedProxies, proxyProtocol, ...limits } = values
  return {
    limits: {
      ...limits,
      requestsPerSecond: rateOf(values, 'requestsPerSecond'),
      requestsPerSecondPerService: rateOf(values, 'requestsPerSecondPerService'),
    } satisfies GatewayLimitsInput,
    trustedProxies: linesOf(trustedProxies),
    proxyProtocol: { internet: proxyProtocol.internet, vpc: proxyProtocol.vpc },
  }
}

function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>
}

export function linesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((line) => line !== '')
}
