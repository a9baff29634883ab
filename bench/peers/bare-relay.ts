import { join } from 'node:path'
import { pidOf, readyMessage, startChild } from '@/bench/processes.ts'
import { chatPath, jsonHeaders, type Peer } from './peer.ts'

/** node:http and undici with nothing between: what our own gateway would be without its work. */
export const bareRelay: Peer = {
  name: 'bare relay',
  async start({ jsonPort, streamPort }) {
    const main = join(import.meta.dirname, 'bare-relay-main.mjs')
    const command = [process.execPath, main, String(jsonPort), String(streamPort)]
    const child = startChild(command, { place: 'proxy', ipc: true })
    const origin = `http://127.0.0.1:${(await readyMessage(child)).port}`
    return {
      pid: pidOf(child),
      json: { origin, path: chatPath, headers: jsonHeaders },
      stream: { origin, path: `/stream${chatPath}`, headers: jsonHeaders },
    }
  },
}
