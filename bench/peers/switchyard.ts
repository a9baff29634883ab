import { join } from 'node:path'
import { freePort, pidOf, readyMessage, startChild } from '@/bench/processes.ts'
import type { GatewaySnapshot, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'
import { startBenchConsole } from './bench-console.ts'
import { chatPath, type Peer } from './peer.ts'

const nodeToken = 'bench-node-token-0123456789abcdef0123456789'
const serviceToken = 'ek_live_bench0123456789bench0123456789bench01'

/**
 * Our gateway as it runs in an installation: the node's own program with the snapshot of a console, every stage,
 * token authorization, metrics and reports on.
 */
export const switchyard: Peer = {
  name: 'Switchyard',
  async start({ jsonPort, streamPort }, folder) {
    const services = [service('bench_json', jsonPort), service('bench_stream', streamPort)]
    const console = await startBenchConsole(snapshotOf(services), nodeToken)
    const applied = console.applied(1)
    const port = await freePort()
    const ports = ['--internet-port', String(port), '--vpc-port', 'off', '--admin-port', '0']
    const main = join(import.meta.dirname, 'gateway-node.mjs')
    const child = startChild([process.execPath, main, '--gateway', 'shared', '--node', 'bench', ...ports], {
      place: 'proxy',
      ipc: true,
      env: {
        NODE_ENV: 'production',
        SWITCHYARD_CONSOLE_URL: console.url,
        SWITCHYARD_NODE_TOKEN: nodeToken,
        SWITCHYARD_DATA_DIR: join(folder, 'switchyard'),
        SWITCHYARD_GATEWAY_BIND: '127.0.0.1',
      },
    })
    await readyMessage(child)
    await applied
    const target = (name: string) => ({
      origin: `http://127.0.0.1:${port}`,
      path: `/api/predict/${name}${chatPath}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${serviceToken}` },
    })
    return { pid: pidOf(child), json: target('bench_json'), stream: target('bench_stream') }
  },
}

function snapshotOf(services: readonly InferenceServiceSnapshot[]): GatewaySnapshot {
  return {
    formatVersion: 2,
    revision: 1,
    gateway: { id: 'shared', name: 'shared', type: 'shared' },
    hosts: { internet: ['localhost'], vpc: ['localhost'] },
    limits: {
      requestBodyBytesMax: 1_048_576,
      headerBytesMax: 32_768,
      urlBytesMax: 16_384,
      clientHeadersMs: 10_000,
      clientIdleMs: 600_000,
      upstreamConnectMs: 5_000,
      upstreamIdleMs: 120_000,
      requestMs: 600_000,
      // Far above what this machine can carry, so that the limit is checked and never hit.
      requestsPerSecond: 1_000_000,
      requestsPerSecondPerService: 1_000_000,
      connectionsMax: 12_000,
      requestsInFlightMax: 10_000,
    },
    trustedProxies: [],
    proxyProtocol: { internet: false, vpc: false },
    egress: { denyCidrs: ['169.254.0.0/16', 'fe80::/10'], allowCidrs: [] },
    services,
  }
}

function service(name: string, port: number): InferenceServiceSnapshot {
  return {
    id: `eas_${name}`,
    name,
    workspaceId: 'ws_bench',
    running: true,
    apiPath: chatPath,
    tokens: [{ id: `tok_${name}`, value: serviceToken, expiresAt: null, requestsPerSecond: null }],
    forwardAuthorization: false,
    upstreamAuthorization: 'Bearer upstream-key',
    protocol: 'http',
    upstreamHttp: '1.1',
    balancing: { strategy: 'round-robin' },
    requestTimeoutMs: 60_000,
    requestsPerSecond: null,
    concurrency: { perInstance: 10_000, queueSize: 64, queueTimeoutMs: 10_000 },
    retries: { attempts: 2, idempotent: false },
    passiveHealth: {
      failures: 5,
      window: 10,
      windowMs: 30_000,
      ejectMs: 10_000,
      ejectMsMax: 300_000,
      on: { connect: true, timeout: true, serverError: true },
      pauseOnRetryAfter: true,
    },
    slowStartMs: 10_000,
    panicThreshold: 50,
    // The upstream of the benchmark has no health path.
    healthCheck: null,
    instances: [{ id: `ins_${name}`, url: `http://127.0.0.1:${port}`, weight: 1 }],
  }
}
