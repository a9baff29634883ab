import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { request } from 'undici'
import { makeDiscoveredService } from '@/lib/gateway/testing/make-discovered.ts'
import { makeModelApi, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { chatBody, completion } from '@/lib/gateway/testing/model-stand.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { DiscoverySnapshot } from '@/lib/snapshot/discovery-snapshot.ts'

/** A model server of its own port. */
export interface Replica {
  readonly port: number
  calls: number
  /** Answers wait for it. */
  held: Promise<void>
  /** As a pod that ends: takes nothing new, finishes what is under way. */
  end(): Promise<void>
}

export async function startReplica(): Promise<Replica> {
  const server: Server = createServer(async (asked, response) => {
    self.calls += 1
    await text(asked)
    await self.held
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(completion(String(self.port))))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const self: Replica = {
    port: (server.address() as AddressInfo).port,
    calls: 0,
    held: Promise.resolve(),
    end: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return self
}

export function discoveredSnapshot(discovery: DiscoverySnapshot, revision = 1) {
  return makeSnapshot({
    revision,
    upstreamServices: [makeDiscoveredService(discovery)],
    modelApis: [makeModelApi()],
  })
}

export async function startDiscoveredGateway(discovery: DiscoverySnapshot): Promise<TestGateway> {
  return startGateway(discoveredSnapshot(discovery))
}

/** The ports that the gateway knows of, in order. */
export function portsOf({ shared }: TestGateway): number[] {
  const endpoints = shared.discovery.reportOf('svc_model')?.endpoints ?? []
  return endpoints.map(({ url }) => Number(new URL(url).port)).sort((one, other) => one - other)
}

/** 200, or what was answered instead. */
export async function chat({ url }: TestGateway): Promise<string> {
  const { statusCode, body } = await request(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(chatBody),
  })
  const answer = await body.text()
  return statusCode === 200 ? '200' : `${statusCode} ${answer}`
}

/** Callers that call one after the other until they are stopped. */
export class Load {
  readonly #callers: Array<Promise<void>>
  readonly failures: string[] = []
  calls = 0
  #isStopped = false

  constructor(gateway: TestGateway, callers = 6) {
    this.#callers = Array.from({ length: callers }, () => this.#run(gateway))
  }

  /** Resolves when every call has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.all(this.#callers)
  }

  async #run(gateway: TestGateway): Promise<void> {
    while (!this.#isStopped) {
      const outcome = await chat(gateway).catch(String)
      this.calls += 1
      if (outcome !== '200') this.failures.push(outcome)
    }
  }
}
