import type * as z from 'zod'
import { readCidr } from '@/lib/domain/cidr.ts'
import type { installationFields } from '@/lib/domain/installation.ts'
import { createVSwitchInput, type Vpc, type VSwitch, vswitchComplaint } from '@/lib/domain/network.ts'
import { nextFreeBlock } from '@/lib/domain/next-free-block.ts'

type Places = Pick<z.infer<typeof installationFields>, 'zones' | 'gatewayZones'>

/** The API's schema, and what it would say about the block beside those that are there. */
export function vswitchValues(vpcs: readonly Vpc[], vswitches: readonly VSwitch[]) {
  return createVSwitchInput.superRefine(({ vpcId, cidr }, context) => {
    const vpc = vpcs.find(({ id }) => id === vpcId)
    if (vpc === undefined || !isBlock(cidr)) return
    const message = vswitchComplaint(cidr, vpc.cidrs, siblingsOf(vpcId, vswitches))
    if (message !== null) context.addIssue({ code: 'custom', path: ['cidr'], message })
  })
}

export function freeBlockOf(
  vpcId: string,
  vpcs: readonly Vpc[],
  vswitches: readonly VSwitch[],
): string | null {
  const vpc = vpcs.find(({ id }) => id === vpcId)
  const taken = siblingsOf(vpcId, vswitches).map(({ cidr }) => cidr)
  return vpc === undefined ? null : nextFreeBlock(vpc.cidrs, taken)
}

/** Where a new one is most wanted: a zone in which gateways can stand and the VPC has none yet. */
export function firstPlace(
  wanted: string | null,
  vpcs: readonly Vpc[],
  vswitches: readonly VSwitch[],
  { zones, gatewayZones }: Places,
): { readonly vpcId: string; readonly zone: string; readonly cidr: string } {
  const vpcId = (vpcs.find(({ id }) => id === wanted) ?? vpcs[0])?.id ?? ''
  const used = siblingsOf(vpcId, vswitches).map(({ zone }) => zone)
  const good = zones.filter((zone) => gatewayZones?.includes(zone) ?? true)
  const zone = good.find((candidate) => !used.includes(candidate)) ?? good[0] ?? zones[0] ?? ''
  return { vpcId, zone, cidr: freeBlockOf(vpcId, vpcs, vswitches) ?? '' }
}

function siblingsOf(vpcId: string, vswitches: readonly VSwitch[]): readonly VSwitch[] {
  return vswitches.filter((vswitch) => vswitch.vpcId === vpcId)
}

function isBlock(text: string): boolean {
  const reading = readCidr(text)
  return reading.ok && reading.fixedFrom === null
}
