import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort, pidOf, readyMessage, startChild, stopChild } from '@/bench/processes.ts'
import { encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'
import { type BenchConsole, startBenchConsole } from './bench-console.ts'
import { benchSnapshot, serviceToken } from './bench-snapshot.ts'
import type { LoopReading } from './loop-probe.ts'
import { chatPath, type Peer, type RunningPeer, type Target, type Upstreams } from './peer.ts'

const nodeToken = 'bench-node-token-0123456789abcdef0123456789'

export interface SwitchyardNode extends RunningPeer {
  readonly console: BenchConsole
  readonly lines: readonly string[]
  service(name: string): Target
  /** A path of a Model API. */
  modelApi(path: string): Target
  /** Since it was asked last. */
  loop(): Promise<LoopReading>
  stop(): Promise<void>
}

/**
 * Our gateway as it runs in an installation: the node's own program with the snapshot of a console, every stage,
 * token authorization, metrics and reports on.
 */
export const switchyard: Peer = {
  name: 'Switchyard',
  start: (upstreams, folder) =>
    startSwitchyard(upstreams, join(folder, 'switchyard'), { services: 10, probe: false }),
}

export async function startSwitchyard(
  upstreams: Upstreams,
  dataDir: string,
  { services, probe }: { readonly services: number; readonly probe: boolean },
): Promise<SwitchyardNode> {
  const lines = encodeSnapshot(benchSnapshot(upstreams, services))
  const console = await startBenchConsole(lines, nodeToken)
  const applied = console.applied(1)
  const port = await freePort()
  const off = ['--internet-tls-port', 'off', '--vpc-port', 'off', '--vpc-tls-port', 'off']
  const ports = ['--internet-port', String(port), ...off, '--admin-port', '0']
  const file = (name: string) => join(import.meta.dirname, name)
  const preload = probe ? ['--import', pathToFileURL(file('loop-probe.mjs')).href] : []
  const command = [
    process.execPath,
    '--expose-gc',
    ...preload,
    file('gateway-node.mjs'),
    '--gateway',
    'shared',
    '--node',
    'bench',
  ]
  const child = startChild([...command, ...ports], {
    place: 'proxy',
    ipc: true,
    env: {
      NODE_ENV: 'production',
      SWITCHYARD_CONSOLE_URL: console.url,
      SWITCHYARD_NODE_TOKEN: nodeToken,
      SWITCHYARD_DATA_DIR: dataDir,
      SWITCHYARD_GATEWAY_BIND: '127.0.0.1',
    },
  })
  await readyMessage(child)
  await applied
  const service = (name: string): Target => ({
    origin: `http://127.0.0.1:${port}`,
    path: `/api/predict/${name}${chatPath}`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${serviceToken}` },
  })
  const modelApi = (path: string): Target => ({
    origin: `http://127.0.0.1:${port}`,
    path,
    headers: { 'content-type': 'application/json' },
  })
  return {
    pid: pidOf(child),
    json: service('bench_json'),
    stream: service('bench_stream'),
    console,
    lines,
    service,
    modelApi,
    loop: () => askLoop(child),
    stop: () => stopChild(child),
  }
}

function askLoop(child: ChildProcess): Promise<LoopReading> {
  return new Promise((resolve) => {
    const onMessage = (message: { type?: unknown }) => {
      if (message.type !== 'loop') return
      child.off('message', onMessage)
      resolve(message as LoopReading)
    }
    child.on('message', onMessage)
    child.send({ type: 'loop' })
  })
}
