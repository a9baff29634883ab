import * as z from 'zod'
import { type Installation, installationFields } from '@/lib/domain/installation.ts'

const { region, zones, gatewayZones } = installationFields.shape

/** Zones are typed as text, separated by commas or line breaks; the API's own schemas judge the lists. */
export const placeValues = z
  .object({
    region: region.unwrap(),
    zones: z.string(),
    /** Empty: all of them. */
    gatewayZones: z.string(),
    crossWorkspaceVpc: z.boolean(),
  })
  .superRefine((values, context) => {
    const complaints = {
      zones: zones.unwrap().safeParse(listOf(values.zones)).error?.issues[0]?.message,
      gatewayZones: gatewayZones.unwrap().safeParse(listOf(values.gatewayZones)).error?.issues[0]?.message,
    }
    for (const name of ['zones', 'gatewayZones'] as const) {
      const message = complaints[name]
      if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message })
    }
    const known = listOf(values.zones)
    const unknown = listOf(values.gatewayZones).find((zone) => !known.includes(zone))
    if (unknown === undefined || complaints.gatewayZones !== undefined) return
    const message = `${unknown} is not one of the zones: ${known.join(', ')}.`
    context.addIssue({ code: 'custom', path: ['gatewayZones'], message })
  })
export type PlaceValues = z.infer<typeof placeValues>

type Place = Pick<Installation, 'region' | 'zones' | 'gatewayZones' | 'crossWorkspaceVpc'>

export function placeFormOf(place: Place): PlaceValues {
  return {
    region: place.region,
    zones: place.zones.join(', '),
    gatewayZones: place.gatewayZones?.join(', ') ?? '',
    crossWorkspaceVpc: place.crossWorkspaceVpc,
  }
}

export function placeOf(values: PlaceValues): Place {
  const chosen = listOf(values.gatewayZones)
  return { ...values, zones: listOf(values.zones), gatewayZones: chosen.length === 0 ? null : chosen }
}

function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((zone) => zone !== '')
}
