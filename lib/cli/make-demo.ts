import * as z from 'zod'
import { CliError } from './cli-error.ts'
import type { ConsoleApi } from './console-api.ts'
import {
  demoGateway,
  demoModelApis,
  demoServices,
  demoUpstreams,
  demoWhitelist,
  demoWorkspace,
} from './demo-services.ts'

const named = z.looseObject({ id: z.string(), name: z.string() })
const service = named.extend({ version: z.int(), instances: z.array(z.looseObject({ url: z.string() })) })
const upstream = named.extend({ version: z.int(), address: z.string() })
const anything = z.looseObject({})
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
const revealed = listOf(z.looseObject({ token: z.string().nullable(), expiresAt: z.string().nullable() }))

/** Makes what is missing and moves services to the model server's present address. Returns a token of the chat service. */
export async function makeDemo(api: ConsoleApi, modelServerUrl: string): Promise<{ token: string }> {
  const workspacePath = `/workspaces/${demoWorkspace.name}`
  if ((await api.find(workspacePath, named)) === null)
    await api.send('POST', '/workspaces', demoWorkspace, named)
  await makeGateway(api, `${workspacePath}/gateways`)
  const servicesPath = `${workspacePath}/inference-services`
  const { items: existing } = await api.get(`${servicesPath}?limit=100`, listOf(service))
  let chatId: string | undefined
  for (const wanted of demoServices(modelServerUrl)) {
    const found = existing.find(({ name }) => name === wanted.name)
    const kept = found ?? (await api.send('POST', servicesPath, wanted, service))
    if (found?.instances.every(({ url }) => !sameAddress(url, modelServerUrl))) {
      const change = { version: found.version, instances: wanted.instances }
      await api.send('PATCH', `${servicesPath}/${found.id}`, change, service)
    }
    if (wanted.name === 'demo_chat') chatId = kept.id
  }
  await makeModelApis(api, workspacePath, modelServerUrl)
  const { items } = await api.get(`${servicesPath}/${chatId}/tokens?reveal=true`, revealed)
  const token = items.find(({ expiresAt }) => expiresAt === null)?.token
  if (token === undefined || token === null)
    throw new CliError('The demonstration service has no active token.')
  return { token }
}

/** Services follow the model server; Model APIs are left as they are where they exist. */
async function makeModelApis(api: ConsoleApi, workspacePath: string, modelServerUrl: string): Promise<void> {
  const upstreamIds = new Map<string, string>()
  for (const wanted of demoUpstreams(modelServerUrl)) {
    const found = await api.find(`${workspacePath}/services/${wanted.name}`, upstream)
    if (found === null) {
      const { id } = await api.send('POST', `${workspacePath}/services`, wanted, upstream)
      upstreamIds.set(wanted.name, id)
      continue
    }
    upstreamIds.set(wanted.name, found.id)
    if (found.address.includes(new URL(modelServerUrl).host)) continue
    const { name: _name, gatewayId: _gateway, source: _source, ...change } = wanted
    await api.send(
      'PATCH',
      `${workspacePath}/services/${found.id}`,
      { ...change, version: found.version },
      upstream,
    )
  }
  for (const { service: serviceName, api: wanted } of demoModelApis) {
    if ((await api.find(`${workspacePath}/model-apis/${wanted.name}`, named)) !== null) continue
    const serviceId = upstreamIds.get(serviceName) ?? ''
    const routing = { mode: 'single', target: { serviceId } }
    await api.send('POST', `${workspacePath}/model-apis`, { ...wanted, routing }, named)
  }
}

/** Left as it is where it exists: its owner may have changed it. */
async function makeGateway(api: ConsoleApi, gatewaysPath: string): Promise<void> {
  const path = `${gatewaysPath}/${demoGateway.name}`
  if ((await api.find(path, named)) !== null) return
  await api.send('POST', gatewaysPath, demoGateway, named)
  await api.send('PUT', `${path}/internet`, { enabled: true }, anything)
  await api.send('PUT', `${path}/internet/whitelist`, demoWhitelist, anything)
}

function sameAddress(left: string, right: string): boolean {
  return new URL(left).origin === new URL(right).origin
}
