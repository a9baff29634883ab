import ipaddr from 'ipaddr.js'
import { routesOf } from '@/lib/domain/model-api-routes.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import { targetsOf } from '@/lib/snapshot/model-routing-snapshot.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import type {
  AddressUpstream,
  ProviderUpstream,
  UpstreamServiceSnapshot,
} from '@/lib/snapshot/upstream-service-snapshot.ts'
import { firstComplaint, numberComplaint } from './complaint.ts'

const basePathForm = /^\/(?:[^/?#]+(?:\/[^/?#]+)*)?$/

/** What a node would refuse of services of the AI gateway and Model APIs, in words for the console, or null. */
export function upstreamsComplaint({ upstreamServices, modelApis }: GatewaySnapshot): string | null {
  const byId = new Map(upstreamServices.map((service) => [service.id, service]))
  if (byId.size < upstreamServices.length) return 'Two services of the AI gateway have one id.'
  return (
    firstComplaint(upstreamServices, serviceComplaint) ??
    firstComplaint(modelApis, (api) => modelApiComplaint(api, byId)) ??
    repeatedPath(modelApis)
  )
}

function serviceComplaint({ name, requestTimeoutMs, upstream }: UpstreamServiceSnapshot): string | null {
  return (
    numberComplaint(`The request timeout of service ${name}`, requestTimeoutMs) ??
    (upstream.kind === 'provider' ? providerComplaint(name, upstream) : addressesComplaint(name, upstream))
  )
}

function providerComplaint(name: string, { baseUrl, keys, keyFailover }: ProviderUpstream): string | null {
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    return `Service ${name} has no base URL that can be asked.`
  }
  if (new Set(keys.map(({ id }) => id)).size < keys.length) return `Two keys of service ${name} have one id.`
  if (keyFailover === null) return null
  return (
    numberComplaint(`The failures of a key of service ${name}`, keyFailover.failures) ??
    numberComplaint(`The time after which a key of service ${name} is tried again`, keyFailover.retryMs)
  )
}

function addressesComplaint(name: string, { discovery, healthCheck }: AddressUpstream): string | null {
  if (discovery.type === 'url' && !URL.canParse(discovery.url)) {
    return `Service ${name} has no address that can be asked.`
  }
  if (discovery.type === 'fixed') {
    const wrong = discovery.addresses.find(({ host }) => !ipaddr.isValid(host))
    if (wrong !== undefined) return `Service ${name}: ${wrong.host} is not an IP address.`
  }
  if (healthCheck === null) return null
  return (
    numberComplaint(`The health check interval of service ${name}`, healthCheck.intervalMs) ??
    numberComplaint(`The health check timeout of service ${name}`, healthCheck.timeoutMs)
  )
}

function modelApiComplaint(
  {
    name,
    workspaceId,
    basePath,
    routing,
    fallback,
    moderation,
    firstPacketTimeoutMs,
    ...rest
  }: ModelApiSnapshot,
  services: ReadonlyMap<string, UpstreamServiceSnapshot>,
): string | null {
  const named = [...targetsOf(routing), ...(fallback?.targets ?? []), ...askedFor(routing, moderation)]
  for (const { serviceId } of named) {
    const service = services.get(serviceId)
    if (service === undefined) return `A service of Model API ${name} is missing.`
    if (service.workspaceId !== workspaceId) return `A service of Model API ${name} is of another workspace.`
  }
  if (!answersSomewhere(rest)) return `Model API ${name} has no route that is on.`
  if (!basePathForm.test(basePath)) return `Model API ${name} has no base path that can be matched.`
  return numberComplaint(`The first packet timeout of Model API ${name}`, firstPacketTimeoutMs, { min: 0 })
}

/** Services that are asked for an API, and not for its callers. */
function askedFor(
  routing: ModelApiSnapshot['routing'],
  moderation: ModelApiSnapshot['moderation'],
): ReadonlyArray<{ readonly serviceId: string }> {
  const judges = moderation?.endpoint ? [moderation.endpoint] : []
  return routing.mode === 'intent' && routing.classifier.type === 'model'
    ? [...judges, routing.classifier]
    : judges
}

function answersSomewhere({
  useCase,
  protocol,
  disabledRoutes,
}: Pick<ModelApiSnapshot, 'useCase' | 'protocol' | 'disabledRoutes'>): boolean {
  return routesOf(useCase, protocol).some(({ name }) => !disabledRoutes.includes(name))
}

function repeatedPath(apis: readonly ModelApiSnapshot[]): string | null {
  const seen = new Set<string>()
  return firstComplaint(apis, ({ domains, basePath }) => {
    for (const domain of domains.length === 0 ? ['*'] : domains) {
      const place = `${domain} ${basePath}`
      if (seen.has(place)) return `Two Model APIs answer at ${basePath} of ${domain}.`
      seen.add(place)
    }
    return null
  })
}
