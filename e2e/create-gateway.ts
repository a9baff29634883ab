import type { Domain } from '@/lib/domain/domain-name.ts'
import type { CreateGatewayForm, Gateway } from '@/lib/domain/gateway.ts'
import type { Vpc, VSwitch } from '@/lib/domain/network.ts'
import type { ConsoleApi } from './console-api.ts'
import { until } from './until.ts'

export async function createGateway(
  api: ConsoleApi,
  workspace: string,
  input: CreateGatewayForm,
): Promise<Gateway> {
  return api.post<Gateway>(`/workspaces/${workspace}/gateways`, input)
}

/** Until its nodes serve. */
export async function gatewayRuns(api: ConsoleApi, workspace: string, gateway: string): Promise<Gateway> {
  const read = () => api.get<Gateway>(`/workspaces/${workspace}/gateways/${gateway}`)
  await until(`${gateway} runs`, async () => (await read()).status.state === 'running', { withinMs: 60_000 })
  return read()
}

/** A public name of a gateway, without TLS. */
export function createDomain(
  api: ConsoleApi,
  workspace: string,
  { gatewayId, name }: { gatewayId: string; name: string },
): Promise<Domain> {
  const input = { gatewayId, name, side: 'public', protocol: 'http' }
  return api.post<Domain>(`/workspaces/${workspace}/domains`, input)
}

/** A VPC with one vSwitch in each zone that is named. */
export async function createNetwork(
  api: ConsoleApi,
  workspace: string,
  { name, cidr, vswitches }: { name: string; cidr: string; vswitches: Readonly<Record<string, string>> },
): Promise<{ readonly vpc: Vpc; readonly vswitches: readonly VSwitch[] }> {
  const base = `/workspaces/${workspace}`
  const vpc = await api.post<Vpc>(`${base}/vpcs`, { name, cidrs: [cidr] })
  const made: VSwitch[] = []
  for (const [zone, block] of Object.entries(vswitches)) {
    const input = { vpcId: vpc.id, name: `${name}-${zone}`, zone, cidr: block }
    made.push(await api.post<VSwitch>(`${base}/vswitches`, input))
  }
  return { vpc, vswitches: made }
}
