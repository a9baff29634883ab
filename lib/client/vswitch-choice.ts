import type { VSwitch } from '@/lib/domain/network.ts'

export interface ZoneChoice {
  readonly zone: string
  /** Gateways can stand there. */
  readonly supported: boolean
  readonly vswitches: readonly VSwitch[]
}

/** The zones of a VPC with their vSwitches, those where gateways can stand first. */
export function zonesOf(vswitches: readonly VSwitch[]): ZoneChoice[] {
  const zones = [...new Set(vswitches.map(({ zone }) => zone))].sort()
  return zones
    .map((zone) => {
      const inside = vswitches.filter((vswitch) => vswitch.zone === zone)
      return { zone, supported: inside.every(({ zoneSupported }) => zoneSupported), vswitches: inside }
    })
    .sort((left, right) => Number(right.supported) - Number(left.supported))
}

/** One vSwitch in each of two zones, so that one zone may fail. */
export function firstVSwitches(zones: readonly ZoneChoice[]): string[] {
  return zones
    .filter(({ supported }) => supported)
    .slice(0, 2)
    .flatMap(({ vswitches }) => vswitches.slice(0, 1).map(({ id }) => id))
}

/** The choice with another vSwitch in a zone, or with none there: one per zone at most. */
export function chooseInZone(
  chosen: readonly string[],
  { vswitches }: ZoneChoice,
  vswitchId: string | null,
): string[] {
  const elsewhere = chosen.filter((id) => !vswitches.some((vswitch) => vswitch.id === id))
  return vswitchId === null ? elsewhere : [...elsewhere, vswitchId]
}
