import * as domainId from '@/app/api/v1/workspaces/[workspace]/domains/[id]/route.ts'
import * as domains from '@/app/api/v1/workspaces/[workspace]/domains/route.ts'
import * as vpcs from '@/app/api/v1/workspaces/[workspace]/vpcs/route.ts'
import * as workspaces from '@/app/api/v1/workspaces/route.ts'
import { adminEmail, adminPassword, call, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import type { TestDatabase } from '@/lib/persistence/testing/test-database.ts'

export const params = { workspace: 'acme' }
export const withId = (id: string) => ({ ...params, id })
export const dayMs = 86_400_000
/** A name of the shared gateway. */
export const plainName = { gatewayId: 'shared', name: 'api.example.com', protocol: 'http' }

/** A console with two workspaces, in an installation with names of its own. */
export async function startWithNames(database: TestDatabase, environment: Record<string, string> = {}) {
  const console_ = await startTestConsole(database, {
    SWITCHYARD_ADMIN_EMAIL: adminEmail,
    SWITCHYARD_ADMIN_PASSWORD: adminPassword,
    SWITCHYARD_BASE_DOMAIN: 'apps.example.net',
    SWITCHYARD_GATEWAY_HOST: 'gateway.example.net',
    ...environment,
  })
  const ids: Record<string, string> = {}
  for (const name of ['acme', 'other']) {
    ids[name] = (await call(workspaces.POST, 'POST', { body: { name } })).json.id
  }
  return { ...console_, ids, database: database.database }
}

type Started = Awaited<ReturnType<typeof startWithNames>>

export const postDomain = (body: object, token?: string) =>
  call(domains.POST, 'POST', { params, body, ...(token !== undefined && { token }) })
export const patchDomain = (id: string, body: object) =>
  call(domainId.PATCH, 'PATCH', { params: withId(id), body })
export const getDomain = async (id: string) => (await call(domainId.GET, 'GET', { params: withId(id) })).json

/** A managed gateway `edge` of the first workspace, with a VPC of its own. */
export async function addEdge({ database, ids }: Started, change: object = {}) {
  const body = { name: 'prod', cidrs: ['10.0.0.0/16'] }
  const vpc = (await call(vpcs.POST, 'POST', { params, body })).json
  await inTransaction(database, async (transaction) => {
    await transaction.gateway.create({
      data: {
        id: 'gw_edge',
        workspaceId: ids['acme'] ?? '',
        name: 'edge',
        type: 'managed',
        status: 'running',
        internetEnabled: true,
        vpcEnabled: true,
        limits: {},
        trustedProxies: [],
        ...change,
      },
    })
    await transaction.gatewayVpcLink.create({
      data: { id: 'link_1', gatewayId: 'gw_edge', vpcId: vpc.id, side: 'vpc', vswitchIds: [] },
    })
    await transaction.portAllocation.createMany({
      data: [
        { port: 8100, gatewayId: 'gw_edge', door: 'internet' },
        { port: 8101, gatewayId: 'gw_edge', door: 'internet-tls' },
        { port: 8102, gatewayId: 'gw_edge', door: 'vpc' },
        { port: 8103, gatewayId: 'gw_edge', door: 'vpc-tls' },
      ],
    })
  })
  return String(vpc.id)
}
