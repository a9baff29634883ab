import * as z from 'zod'
import { type Gateway, gatewayLimitsInput, type UpdateGatewayInput } from '@/lib/domain/gateway.ts'

const { shape } = gatewayLimitsInput

export const limitNames = [
  'requestBodyBytesMax',
  'clientIdleMs',
  'upstreamConnectMs',
  'upstreamIdleMs',
  'requestMs',
] as const
export type LimitName = (typeof limitNames)[number]

const block = z.union([z.cidrv4(), z.cidrv6()])

/** The gateway's settings as the form edits them: address blocks are text, one per line. */
export const gatewaySettingsValues = z.object({
  requestBodyBytesMax: shape.requestBodyBytesMax.unwrap(),
  clientIdleMs: shape.clientIdleMs.unwrap(),
  upstreamConnectMs: shape.upstreamConnectMs.unwrap(),
  upstreamIdleMs: shape.upstreamIdleMs.unwrap(),
  requestMs: shape.requestMs.unwrap(),
  trustedProxies: z
    .string()
    .refine((text) => linesOf(text).every((line) => block.safeParse(line).success), {
      message: 'Write an address block such as 10.0.0.0/8.',
    })
    .refine((text) => linesOf(text).length <= 50, { message: 'At most 50 address blocks.' }),
})
export type GatewaySettingsValues = z.infer<typeof gatewaySettingsValues>

export function valuesOf({
  limits,
  trustedProxies,
}: Pick<Gateway, 'limits' | 'trustedProxies'>): GatewaySettingsValues {
  return { ...limits, trustedProxies: trustedProxies.join('\n') }
}

/** Only what differs, so that a save says exactly what it changes. Null when nothing does. */
export function changesOf(
  base: GatewaySettingsValues,
  values: GatewaySettingsValues,
): Omit<UpdateGatewayInput, 'version'> | null {
  const limits = Object.fromEntries(
    limitNames.filter((name) => base[name] !== values[name]).map((name) => [name, values[name]]),
  )
  const proxies = linesOf(values.trustedProxies)
  const proxiesChanged = proxies.join('\n') !== linesOf(base.trustedProxies).join('\n')
  const limitsChanged = Object.keys(limits).length > 0
  if (!limitsChanged && !proxiesChanged) return null
  return { ...(limitsChanged ? { limits } : {}), ...(proxiesChanged ? { trustedProxies: proxies } : {}) }
}

export function linesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((line) => line !== '')
}
