import { refusal } from '@/lib/gateway/error.ts'

/** A segment that leads upwards, in every spelling that some server takes for one. */
const climbing = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\;#]|%2f|%5c|$)/i

/** Whether some server would take a path for one that leads upwards. */
export function isClimbing(url: string): boolean {
  const query = url.indexOf('?')
  return climbing.test(query === -1 ? url : url.slice(0, query))
}

/**
 * Path and query for an instance, byte for byte as sent. Throws `malformed_request` where an instance below a path
 * of its own would be left for its neighbours.
 */
export function upstreamPath(basePath: string, rest: string): string {
  if (basePath === '') return rest
  if (!rest.startsWith('/') || isClimbing(rest)) {
    throw refusal('malformed_request', 'The path leads out of the service.')
  }
  return basePath + rest
}
