import { existsSync } from 'node:fs'
import path from 'node:path'
import type { FakeService, ProviderFake } from '@/e2e/fakes/providers/provider-fake.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { providers } from '@/lib/providers/registry.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** One service of a provider, as its stand-in wants it to be set up. */
export interface StandCase {
  readonly name: string
  readonly fake: ProviderFake
  readonly service: FakeService
}

/** Every service of every registered provider that has a stand-in. */
export async function providerCases(): Promise<StandCase[]> {
  const cases: StandCase[] = []
  for (const { manifest } of providers) {
    const fake = await fakeOf(manifest.id)
    for (const service of fake?.services ?? []) {
      const variant = service.variant === undefined ? '' : ` ${service.variant}`
      cases.push({
        name: `${manifest.id} ${service.protocol}${variant}`,
        fake: fake as ProviderFake,
        service,
      })
    }
  }
  return cases
}

async function fakeOf(id: string): Promise<ProviderFake | undefined> {
  const file = path.join(import.meta.dirname, '../../../e2e/fakes/providers', `${id}.ts`)
  if (!existsSync(file)) return undefined
  const exported: unknown[] = Object.values((await import(/* @vite-ignore */ file)) as object)
  return exported.find(
    (value): value is ProviderFake =>
      typeof value === 'object' && value !== null && 'operations' in value && 'services' in value,
  )
}

export interface ProviderStand {
  readonly server: ProviderServer
  readonly gateway: TestGateway
  readonly upstream: UpstreamServiceSnapshot
  /** Of the Model API that speaks this protocol. */
  url(protocol: ModelApiSnapshot['protocol']): string
  close(): Promise<void>
}

/** A provider's stand-in behind two Model APIs, one for each protocol that callers speak. */
export async function startProviderStand({ fake, service }: StandCase): Promise<ProviderStand> {
  const server = await createProviderServer(fake, { keys: [service.key] })
  const upstream = upstreamOf(fake.id, service, server.url)
  const api = (protocol: ModelApiSnapshot['protocol']): ModelApiSnapshot => ({
    id: `mapi_${protocol}`,
    name: protocol,
    workspaceId: 'ws_test',
    useCase: 'text',
    protocol,
    enabled: true,
    disabledRoutes: [],
    domains: [],
    basePath: `/${protocol}`,
    removeBasePath: true,
    routing: { mode: 'single', target: { serviceId: upstream.id, model: null } },
    fallback: null,
    firstPacketTimeoutMs: 0,
    monitoring: null,
    authorization: null,
    moderation: null,
    limits: null,
  })
  const gateway = await startGateway(
    makeSnapshot({ upstreamServices: [upstream], modelApis: [api('openai'), api('anthropic')] }),
  )
  return {
    server,
    gateway,
    upstream,
    url: (protocol) => `${gateway.url}/${protocol}`,
    close: async () => {
      await gateway.close()
      await server.close()
    },
  }
}

export function upstreamOf(provider: string, service: FakeService, origin: string): UpstreamServiceSnapshot {
  return {
    id: 'svc_test',
    name: 'test',
    workspaceId: 'ws_test',
    requestTimeoutMs: 10_000,
    upstream: {
      kind: 'provider',
      provider,
      protocol: service.protocol,
      baseUrl: origin + service.basePath,
      options: service.options,
      models: service.model === null ? [] : [service.model],
      keys: [{ id: 'key_test', value: service.key.replaceAll('{origin}', origin) }],
      keyFailover: null,
      tls: null,
    },
  }
}
