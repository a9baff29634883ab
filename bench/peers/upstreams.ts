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
  const jsonPort = nginxPort ?? (await startNode('upstream-main.mjs'))
  const streamPort = await startNode('stream-upstream-main.mjs')
  const description = `${nginxPort === null ? 'node:http' : 'nginx'} for fixed answers, bare sockets for streams`
  return { jsonPort, streamPort, description }
}

async function startNode(file: string): Promise<number> {
  const command = [process.execPath, join(import.meta.dirname, file)]
  const child = startChild(command, { place: 'rest', ipc: true })
  return (await readyMessage(child)).port
}
