import { join } from 'node:path'
import { readyMessage, startChild } from '@/bench/processes.ts'
import { startNginxUpstream } from './nginx.ts'
import type { Upstreams } from './peer.ts'

/**
 * The fixed answer comes from nginx where there is one, because a node:http server would be slower than nginx as a
 * proxy and the table would show the upstream. Without nginx no contestant is faster than node:http can answer.
 */
export async function startUpstreams(folder: string): Promise<Upstreams & { readonly description: string }> {
  const nginxPort = await startNginxUpstream(folder)
  const jsonPort = nginxPort ?? (await startNode([]))
  const streamPort = await startNode(['--stream'])
  const description = nginxPort === null ? 'node:http' : 'nginx for fixed answers, node:http for streams'
  return { jsonPort, streamPort, description }
}

async function startNode(options: readonly string[]): Promise<number> {
  const main = join(import.meta.dirname, 'upstream-main.mjs')
  const child = startChild([process.execPath, main, ...options], { place: 'rest', ipc: true })
  return (await readyMessage(child)).port
}
