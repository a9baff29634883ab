import ipaddr from 'ipaddr.js'
import { instanceUrlComplaint } from '@/lib/domain/instance-url.ts'
import type { GatewaySnapshot, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

/** What a node's timers can count. */
const limitMax = 2 ** 31 - 1

/**
 * Everything that a node would refuse, found before anyone is asked to serve it. The answer is the first
 * complaint, in words for the console, or null.
 */
export function checkSnapshot(snapshot: GatewaySnapshot): string | null {
  return (
    firstOf(Object.entries(snapshot.limits), ([name, value]) => limitComplaint(`The limit ${name}`, value)) ??
    firstOf(snapshot.trustedProxies, blockComplaint) ??
    repeatedName(snapshot.services) ??
    firstOf(snapshot.services, serviceComplaint)
  )
}

function serviceComplaint(service: InferenceServiceSnapshot): string | null {
  const { name, tokens, instances, requestTimeoutMs } = service
  if (tokens.length === 0) return `Service ${name} has no token.`
  const complaint = limitComplaint(`The request timeout of service ${name}`, requestTimeoutMs)
  if (complaint !== null) return complaint
  return firstOf(instances, ({ url, weight }) => {
    const complaint = instanceUrlComplaint(url)
    if (complaint) return `Service ${name}, instance ${url}: ${complaint}`
    return Number.isFinite(weight) && weight >= 0
      ? null
      : `Service ${name}, instance ${url}: its weight must be 0 or more.`
  })
}

function limitComplaint(what: string, value: number): string | null {
  return value >= 1 && value <= limitMax ? null : `${what} must be between 1 and ${limitMax}.`
}

function repeatedName(services: readonly InferenceServiceSnapshot[]): string | null {
  const seen = new Set<string>()
  return firstOf(services, ({ name }) => {
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

function firstOf<T>(items: Iterable<T>, complaintOf: (item: T) => string | null): string | null {
  for (const item of items) {
    const complaint = complaintOf(item)
    if (complaint !== null) return complaint
  }
  return null
}
