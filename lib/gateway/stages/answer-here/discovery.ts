import { createHash } from 'node:crypto'
import type { InstanceAddresses } from '@/lib/gateway/direct/instance-addresses.ts'
import { readyInstances } from '@/lib/gateway/direct/ready-instances.ts'
import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { answerHere } from '@/lib/gateway/stages/answer-here/answer-here.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

/** What SDKs ask for before they call instances themselves. */
const form =
  /^\/+(?:exported\/apis\/eas\.alibaba-inc\.k8s\.io\/v1|api\/v1\/servicediscovery)\/upstreams\/+([^/?]+)/
const empty = Buffer.alloc(0)

/** As SDKs read it. `ip` of IPv6 stands in brackets, because they write it into a URL as it is. */
interface Endpoint {
  readonly app: string
  readonly ip: string
  readonly port: number
  /** From 1 up. */
  readonly weight: number
}

/** The service that a list of instances is asked of; what follows its name does not count. Null: this asks for none. */
export function discoveredService(url: string): string | null {
  return form.exec(url)?.[1] ?? null
}

/** Lists the ready instances that the caller may reach. No token is asked for: the security group decides. */
export async function answerDiscovery(
  addresses: InstanceAddresses,
  service: ServiceRuntime | undefined,
  request: Admitted,
  observation: Observation,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw refusal('method_not_supported', 'Instances are listed with GET.')
  }
  if (service?.direct.discovery !== true) throw notDirect()
  const endpoints = await endpointsOf(addresses, service, reachable(service, request.clientAddress))
  const body = Buffer.from(JSON.stringify({ endpoints: { items: endpoints } }))
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`
  const headers = [
    'content-type',
    'application/json; charset=utf-8',
    'cache-control',
    'no-cache',
    'etag',
    etag,
  ]
  if (names(request, etag)) answerHere(observation, 304, headers, empty)
  else answerHere(observation, 200, headers, body)
}

function reachable(service: ServiceRuntime, clientAddress: string): Instance[] {
  const { security } = service.direct
  const mayReach = ({ pool }: Instance) => security.admits(clientAddress, pool.address.port)
  const ports = new Set(service.instances.map(({ pool }) => pool.address.port))
  const isAnyOpen = [...ports].some((port) => security.admits(clientAddress, port))
  if (ports.size > 0 && !isAnyOpen) throw notLetIn(clientAddress, ports)
  return readyInstances(service).filter(mayReach)
}

async function endpointsOf(
  addresses: InstanceAddresses,
  { name }: ServiceRuntime,
  instances: readonly Instance[],
): Promise<Endpoint[]> {
  const found = await Promise.all(
    instances.map(async ({ pool, weight }) => {
      const { host, port } = pool.address
      const address = await addresses.addressOf(host)
      if (address === null) return []
      const ip = address.includes(':') ? `[${address}]` : address
      return [{ app: name, ip, port, weight: Math.max(1, Math.round(weight)) }]
    }),
  )
  return found.flat()
}

/** Whether `If-None-Match` (RFC 9110 §13.1.2) names what the caller would get. */
function names({ headers: { endToEnd } }: Admitted, etag: string): boolean {
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    if (endToEnd[index]?.toLowerCase() !== 'if-none-match') continue
    const tags = (endToEnd[index + 1] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    if (tags.includes(etag) || tags.includes('*')) return true
  }
  return false
}

function notDirect(): GatewayError {
  return refusal(
    'service_not_found',
    'There is no service with this name here whose instances may be called directly. Switch on VPC direct connection in the settings of the service.',
  )
}

function notLetIn(address: string, ports: ReadonlySet<number>): GatewayError {
  const listed = [...ports].slice(0, 3).join(', ')
  return refusal(
    'security_group_denied',
    `The security group of the service does not let ${address} in. Add an inbound rule for it at port ${listed}.`,
  )
}
