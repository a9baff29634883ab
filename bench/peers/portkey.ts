import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { freePort, pidOf, startChild, waitForPort } from '@/bench/processes.ts'
import { chatPath, jsonHeaders, type Peer, type Target } from './peer.ts'

/** The AI gateway of the npm package, told by headers to call our upstream as its OpenAI. */
export const portkey: Peer = {
  name: 'Portkey',
  async start({ jsonPort, streamPort }) {
    const main = findStartFile()
    if (main === null) return { missing: '@portkey-ai/gateway is not installed' }
    const port = await freePort()
    const fetchFix = join(import.meta.dirname, 'portkey-fetch.mjs')
    const command = [process.execPath, '--import', fetchFix, main, `--port=${port}`, '--headless']
    const child = startChild(command, { place: 'proxy', env: { NODE_ENV: 'production' } })
    await waitForPort(port)
    const origin = `http://127.0.0.1:${port}`
    return {
      pid: pidOf(child),
      json: portkeyTarget(origin, 'openai', jsonPort),
      stream: portkeyTarget(origin, 'openai', streamPort),
    }
  },
}

/** Its callers speak OpenAI's protocol, whatever the provider does. */
export function portkeyTarget(
  origin: string,
  provider: 'openai' | 'anthropic',
  upstreamPort: number,
): Target {
  return {
    origin,
    path: chatPath,
    headers: {
      ...jsonHeaders,
      'x-portkey-provider': provider,
      'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
    },
  }
}

function findStartFile(): string | null {
  const folders = createRequire(import.meta.url).resolve.paths('@portkey-ai/gateway') ?? []
  const files = folders.map((folder) => join(folder, '@portkey-ai/gateway/build/start-server.js'))
  const found = files.find((file) => existsSync(file))
  return found ?? null
}
