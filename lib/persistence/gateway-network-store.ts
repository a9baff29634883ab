import type { Transaction } from './database.ts'
import type {
  GatewayVpcLink,
  PortAllocation,
  Prisma,
  Vpc,
  WhitelistEntry,
} from './generated/sqlite/client.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type { WhitelistEntry as WhitelistEntryRow }
/** On side `vpc` with the VPC's whitelist; on side `internet` the network that an ALB gateway stands in. */
export type LinkRow = GatewayVpcLink & {
  readonly whitelist: readonly WhitelistEntry[]
  /** Null: deleted. */
  readonly vpc: Vpc | null
}

export interface GatewayNetwork {
  /** In the order in which they were made. */
  readonly links: readonly LinkRow[]
  readonly internetWhitelist: readonly WhitelistEntry[]
  readonly ports: readonly PortAllocation[]
}

/** All that says who reaches a gateway, and where. */
export async function getGatewayNetwork(
  transaction: Transaction,
  gatewayId: string,
): Promise<GatewayNetwork> {
  const entries = await transaction.whitelistEntry.findMany({
    where: { gatewayId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return {
    links: await listLinks(transaction, { gatewayId }, entries),
    internetWhitelist: entries.filter(({ linkId }) => linkId === null),
    ports: await transaction.portAllocation.findMany({ where: { gatewayId }, orderBy: { port: 'asc' } }),
  }
}

async function listLinks(
  transaction: Transaction,
  where: Prisma.GatewayVpcLinkWhereInput,
  entries: readonly WhitelistEntry[],
): Promise<LinkRow[]> {
  const links = await transaction.gatewayVpcLink.findMany({
    where,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const vpcs = await transaction.vpc.findMany({ where: { id: { in: links.map(({ vpcId }) => vpcId) } } })
  return links.map((link) => ({
    ...link,
    whitelist: entries.filter(({ linkId }) => linkId === link.id),
    vpc: vpcs.find(({ id }) => id === link.vpcId) ?? null,
  }))
}

/** What names and certificates a gateway serves, and which challenges it answers. */
export async function getGatewayNames(transaction: Transaction, gatewayId: string) {
  const domains = await transaction.domain.findMany({
    where: { gatewayId },
    include: { certificate: true },
    orderBy: { name: 'asc' },
  })
  const challenges = await transaction.acmeChallenge.findMany({
    where: { gatewayId },
    orderBy: { token: 'asc' },
  })
  return { domains, challenges }
}

export async function listSecurityRules(
  transaction: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await transaction.securityGroup.findMany({ where: { id: { in: [...ids] } } })
  return new Map(rows.map(({ id, rules }) => [id, rules]))
}

export async function insertLink(
  transaction: Transaction,
  row: Prisma.GatewayVpcLinkUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict('Someone else added this VPC meanwhile. Look at it again.', () =>
    transaction.gatewayVpcLink.create({ data: row }),
  )
}

export async function updateLink(
  transaction: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  data: Prisma.GatewayVpcLinkUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await transaction.gatewayVpcLink.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  await requireChanged(count, () => transaction.gatewayVpcLink.findUnique({ where: { id } }))
}

/** Its whitelist goes with it. */
export async function removeLink(transaction: Transaction, id: string): Promise<void> {
  await transaction.gatewayVpcLink.deleteMany({ where: { id } })
}

/** The whole list of one side or link. An entry whose block stays keeps its author and time. */
export async function replaceEntries(
  transaction: Transaction,
  { gatewayId, linkId }: { readonly gatewayId: string; readonly linkId: string | null },
  entries: readonly Omit<Prisma.WhitelistEntryUncheckedCreateInput, 'gatewayId' | 'linkId'>[],
): Promise<void> {
  const present = await transaction.whitelistEntry.findMany({ where: { gatewayId, linkId } })
  const kept = new Map(present.map((entry) => [entry.cidr, entry]))
  const wanted = new Set(entries.map(({ cidr }) => cidr))
  await transaction.whitelistEntry.deleteMany({
    where: { id: { in: present.flatMap(({ id, cidr }) => (wanted.has(cidr) ? [] : id)) } },
  })
  const added = entries.filter(({ cidr }) => !kept.has(cidr))
  await transaction.whitelistEntry.createMany({
    data: added.map((entry) => ({ ...entry, gatewayId, linkId })),
  })
  for (const { cidr, note = '' } of entries) {
    const entry = kept.get(cidr)
    if (entry === undefined || entry.note === note) continue
    await transaction.whitelistEntry.update({ where: { id: entry.id }, data: { note } })
  }
}

export function countDomains(transaction: Transaction, gatewayId: string): Promise<number> {
  return transaction.domain.count({ where: { gatewayId } })
}

/** The names that one side serves with TLS, with what their certificates are for. */
export async function listTlsNames(
  transaction: Transaction,
  gatewayId: string,
  side: 'internet' | 'vpc',
): Promise<{ name: string; certificate: { names: unknown; notAfter: Date } | null }[]> {
  return await transaction.domain.findMany({
    where: {
      gatewayId,
      side: side === 'vpc' ? 'private' : 'public',
      protocol: 'https',
      certificateId: { not: null },
    },
    select: { name: true, certificate: { select: { names: true, notAfter: true } } },
  })
}
