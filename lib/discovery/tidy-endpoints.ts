import type { Endpoint } from './discovery.ts'

/** What one service may have. */
export const endpointsMax = 1_000

/** Each address once, in an order that does not depend on the source's, and no more than `endpointsMax`. */
export function tidyEndpoints(endpoints: readonly Endpoint[]): Endpoint[] {
  const byKey = new Map<string, Endpoint>()
  for (const endpoint of endpoints) byKey.set(endpointKey(endpoint), endpoint)
  const sorted = [...byKey].sort(([one], [other]) => (one < other ? -1 : 1))
  return sorted.slice(0, endpointsMax).map(([, endpoint]) => endpoint)
}

/** Equal keys: the same address under the same name. */
export function endpointKey({ host, port, name }: Endpoint): string {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return name === null ? address : `${name}@${address}`
}

/** Of two tidy lists. */
export function areSameEndpoints(one: readonly Endpoint[], other: readonly Endpoint[]): boolean {
  if (one.length !== other.length) return false
  return one.every((endpoint, index) => {
    const twin = other[index]
    return (
      twin !== undefined && twin.weight === endpoint.weight && endpointKey(twin) === endpointKey(endpoint)
    )
  })
}
