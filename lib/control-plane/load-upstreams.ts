import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type { getUpstreams } from '@/lib/persistence/upstream-store.ts'
import type { UpstreamTls } from '@/lib/snapshot/upstream-service-snapshot.ts'
import type { UpstreamRows } from './compile-upstream.ts'
import { toConsumer } from './consumer-config.ts'
import { connectionOption, followedEndpoint } from './followed-endpoint.ts'
import type { GatewayPlace } from './gateway-place.ts'
import type { GatewayRows } from './gateway-rows.ts'
import { type ModelApiRows, modelApiDocument } from './model-api-config.ts'
import {
  certificateIdOf,
  isProviderConfig,
  readServiceConfig,
  type ServiceConfig,
  sourceIdOf,
} from './service-config.ts'
import { type SourceAccess, sourceAccess, sourceConfig, sourceSecret } from './source-config.ts'

export type StoredUpstreams = Awaited<ReturnType<typeof getUpstreams>>
type StoredService = Pick<
  StoredUpstreams['services'][number],
  'id' | 'name' | 'workspaceId' | 'requestTimeoutMs' | 'source' | 'config' | 'keys' | 'inferenceServiceId'
>
export type StoredSource = StoredUpstreams['sources'][number]

export interface UpstreamOpener {
  readonly masterKey: Buffer
  readonly place: GatewayPlace
}

/** What services name, by id. */
export type NamedByServices = Pick<StoredUpstreams, 'sources' | 'certificates' | 'followed'>

export function toUpstreams(
  stored: StoredUpstreams,
  domains: ReadonlyArray<{ readonly id: string; readonly name: string }>,
  opener: UpstreamOpener,
): Pick<GatewayRows, 'upstreamServices' | 'modelApis' | 'consumers'> {
  const names = new Map(domains.map(({ id, name }) => [id, name]))
  // Each registry is opened once, however many services are found in it: a kubeconfig can be long.
  const registries = new Map<string, SourceAccess>()
  const open = (row: StoredSource): SourceAccess => {
    const access = registries.get(row.id) ?? openSource(row, opener.masterKey)
    registries.set(row.id, access)
    return access
  }
  const modelApis = stored.modelApis.flatMap((row) => {
    const api = toModelApi(row, names)
    // Without the names that it was for, it would answer under every name.
    return api.document.domainIds.length > 0 && api.domains.length === 0 ? [] : [api]
  })
  const asking = modelApis.filter(({ document }) => document.plugins.authorization.enabled)
  const workspaces = new Set(asking.map(({ document }) => document.workspaceId))
  return {
    upstreamServices: stored.services.map((service) => toUpstream(service, stored, opener, open)),
    modelApis,
    consumers: stored.consumers
      .filter(({ workspaceId }) => workspaces.has(workspaceId))
      .map((row) => toConsumer(row, opener.masterKey)),
  }
}

/** Secrets opened. */
export function toUpstream(
  service: StoredService,
  named: NamedByServices,
  opener: UpstreamOpener,
  open?: (row: StoredSource) => SourceAccess,
): UpstreamRows {
  const { id, name, workspaceId, requestTimeoutMs } = service
  const config = readServiceConfig(service)
  return {
    ...{ id, name, workspaceId, requestTimeoutMs, config },
    keys: service.keys.map((key) => ({
      id: key.id,
      value: openSecret(opener.masterKey, key.id, key.sealed),
    })),
    ...openNamed(config, service.inferenceServiceId, named, opener, open),
  }
}

/** Its registry, client certificate and followed service. */
export function openNamed(
  config: ServiceConfig,
  inferenceServiceId: string | null,
  { sources, certificates, followed }: NamedByServices,
  { masterKey, place }: UpstreamOpener,
  open = (row: StoredSource) => openSource(row, masterKey),
): Pick<UpstreamRows, 'access' | 'client' | 'followed'> {
  const source = sources.find((row) => row.id === sourceIdOf(config))
  const certificate = certificates.find((row) => row.id === certificateIdOf(config))
  const leader = followed.find((row) => row.id === inferenceServiceId)
  const connection = isProviderConfig(config) ? config.options[connectionOption] : undefined
  return {
    access: source ? open(source) : null,
    client: certificate ? openClient(certificate, masterKey) : null,
    followed: leader ? followedEndpoint(leader, connection, place, masterKey) : null,
  }
}

function openSource(row: StoredSource, masterKey: Buffer): SourceAccess {
  const config = sourceConfig.parse({ ...(row.config as object), type: row.type })
  const secret =
    row.secretSealed === null
      ? null
      : sourceSecret.parse(JSON.parse(openSecret(masterKey, row.id, row.secretSealed)))
  return sourceAccess(row.id, config, secret)
}

function openClient(
  { id, chainPem, keySealed }: StoredUpstreams['certificates'][number],
  masterKey: Buffer,
): UpstreamTls['client'] {
  return { chain: chainPem, key: openSecret(masterKey, id, keySealed) }
}

function toModelApi(
  row: StoredUpstreams['modelApis'][number],
  names: ReadonlyMap<string, string>,
): ModelApiRows {
  const document = modelApiDocument.parse(row)
  const domains = new Set(document.domainIds.flatMap((id) => names.get(id) ?? []))
  return { id: row.id, document, domains: [...domains] }
}
