import ipaddr from 'ipaddr.js'
import { instanceUrlComplaint } from '@/lib/domain/instance-url.ts'
import type { GatewaySnapshot, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'
import { resilienceComplaint } from './check-resilience.ts'
import { upstreamsComplaint } from './check-upstreams.ts'
import { firstComplaint, numberComplaint } from './complaint.ts'

/**
 * Everything that a node would refuse, found before anyone is asked to serve it. The answer is the first
 * complaint, in words for the console, or null.
 */
export function checkSnapshot(snapshot: GatewaySnapshot): string | null {
  return (
    firstComplaint(Object.entries(snapshot.limits), ([name, value]) =>
      value === null ? null : numberComplaint(`The limit ${name}`, value),
    ) ??
    firstComplaint(snapshot.trustedProxies, blockComplaint) ??
    namesComplaint(snapshot) ??
    repeatedPort(snapshot.services) ??
    proxyProtocolComplaint(snapshot) ??
    repeatedName(snapshot.services) ??
    firstComplaint(snapshot.services, serviceComplaint) ??
    upstreamsComplaint(snapshot)
  )
}

function serviceComplaint(service: InferenceServiceSnapshot): string | null {
  const { name, tokens, requestTimeoutMs, requestsPerSecond } = service
  if (tokens.length === 0) return `Service ${name} has no token.`
  return (
    numberComplaint(`The request timeout of service ${name}`, requestTimeoutMs) ??
    rateComplaint(`The rate limit of service ${name}`, requestsPerSecond) ??
    firstComplaint(tokens, (token) =>
      rateComplaint(`The rate limit of a token of ${name}`, token.requestsPerSecond),
    ) ??
    resilienceComplaint(service) ??
    firstComplaint(service.instances, ({ url, weight }) => {
      const complaint = instanceUrlComplaint(url)
      if (complaint) return `Service ${name}, instance ${url}: ${complaint}`
      return Number.isFinite(weight) && weight >= 0
        ? null
        : `Service ${name}, instance ${url}: its weight must be 0 or more.`
    })
  )
}

function rateComplaint(what: string, value: number | null): string | null {
  return value === null ? null : numberComplaint(what, value)
}

function proxyProtocolComplaint({ proxyProtocol, trustedProxies }: GatewaySnapshot): string | null {
  if (trustedProxies.length > 0 || !(proxyProtocol.internet || proxyProtocol.vpc)) return null
  return 'The PROXY protocol is on, and no proxy is trusted to send it.'
}

/** Domains whose certificates are missing, or that are there twice. */
function namesComplaint({ domains, certificates }: GatewaySnapshot): string | null {
  const known = new Set(certificates.map(({ id }) => id))
  const seen = new Set<string>()
  return firstComplaint(domains, ({ name, side, certificateId }) => {
    if (certificateId !== null && !known.has(certificateId)) return `The certificate of ${name} is missing.`
    if (seen.has(`${side} ${name}`)) return `Two domains are named ${name}.`
    seen.add(`${side} ${name}`)
    return null
  })
}

function repeatedPort(services: readonly InferenceServiceSnapshot[]): string | null {
  const seen = new Set<number>()
  return firstComplaint(
    services.flatMap(({ direct }) => direct.nlb),
    ({ port }) => {
      if (seen.has(port)) return `Two NLB listeners have port ${port}.`
      seen.add(port)
      return null
    },
  )
}

function repeatedName(services: readonly InferenceServiceSnapshot[]): string | null {
  const seen = new Set<string>()
  return firstComplaint(services, ({ name }) => {
    if (seen.has(name)) return `Two services are named ${name}.`
    seen.add(name)
    return null
  })
}

function blockComplaint(block: string): string | null {
  return ipaddr.isValidCIDR(block)
    ? null
    : `Trusted proxy ${block} is not an address block such as 10.0.0.0/8.`
}
