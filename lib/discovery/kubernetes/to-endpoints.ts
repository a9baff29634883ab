import { isIP } from 'node:net'
import type { Endpoint } from '@/lib/discovery/discovery.ts'
import type { EndpointSlice, KubernetesService } from './kubernetes-objects.ts'

/** How the port that was asked for is called in slices. */
export type PortChoice =
  /** The service's port has this name; empty: its only one has none. */
  | { readonly kind: 'named'; readonly name: string }
  /** The service itself may not be read, so this is compared with what slices say. */
  | { readonly kind: 'guessed'; readonly text: string }
  /** The service has no such port; it has these. */
  | { readonly kind: 'missing'; readonly ports: readonly string[] }

/** A number is the service's port, as in its address; what pods listen on is for slices to say. */
export function choosePort(service: KubernetesService | null, port: string): PortChoice {
  if (service === null) return { kind: 'guessed', text: port }
  const ports = (service.spec.ports ?? []).filter(({ protocol }) => isTcp(protocol))
  const found =
    ports.find(({ name }) => name === port) ?? ports.find((candidate) => String(candidate.port) === port)
  if (found !== undefined) return { kind: 'named', name: found.name ?? '' }
  return {
    kind: 'missing',
    ports: ports.map((each) => (each.name ? `${each.name} (${each.port})` : String(each.port))),
  }
}

interface Found extends Endpoint {
  readonly isReady: boolean
  /** Of the pod; null: not told. */
  readonly uid: string | null
}

/**
 * The ready addresses of all slices together; those that are terminating and still serve only where no other is
 * left, as kube-proxy has it. A pod with addresses of both families is there once, by IPv4.
 */
export function toEndpoints(slices: Iterable<EndpointSlice>, choice: PortChoice): Endpoint[] {
  const found = [...slices].flatMap((slice) => endpointsOf(slice, choice))
  const ready = found.filter(({ isReady }) => isReady)
  const used = ready.length > 0 ? ready : found
  const byIpv4 = new Set(used.flatMap(({ host, uid }) => (uid !== null && isIP(host) === 4 ? [uid] : [])))
  return used
    .filter(({ host, uid }) => uid === null || isIP(host) === 4 || !byIpv4.has(uid))
    .map(({ host, port }) => ({ host, port, name: null, weight: 1 }))
}

/** Whether every slice that has endpoints has the port. */
export function hasPort(slices: Iterable<EndpointSlice>, choice: PortChoice): boolean {
  return [...slices].every((slice) => (slice.endpoints ?? []).length === 0 || portOf(slice, choice) !== null)
}

function endpointsOf(slice: EndpointSlice, choice: PortChoice): Found[] {
  const port = portOf(slice, choice)
  if (port === null || slice.addressType === 'FQDN') return []
  return (slice.endpoints ?? []).flatMap(({ addresses, conditions, targetRef }) => {
    const isReady = conditions?.ready !== false
    const isLeaving = conditions?.serving === true && conditions.terminating === true
    const [host] = addresses
    if (host === undefined || isIP(host) === 0 || !(isReady || isLeaving)) return []
    return [{ host, port, name: null, weight: 1, isReady, uid: targetRef?.uid ?? null }]
  })
}

function portOf({ ports }: EndpointSlice, choice: PortChoice): number | null {
  const tcp = (ports ?? []).filter(({ protocol }) => isTcp(protocol))
  if (choice.kind === 'missing') return null
  const wanted = choice.kind === 'named' ? choice.name : choice.text
  const named = tcp.find(({ name }) => (name ?? '') === wanted)
  if (choice.kind === 'named' || named !== undefined) return named?.port ?? null
  const [only] = tcp
  return (
    tcp.find(({ port }) => String(port) === wanted)?.port ?? (tcp.length === 1 ? (only?.port ?? null) : null)
  )
}

function isTcp(protocol: string | null | undefined): boolean {
  return protocol === undefined || protocol === null || protocol === 'TCP'
}
