import type { InferenceServiceDocument } from '@/lib/control-plane/documents.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import {
  type InferenceService,
  type Instance,
  type InstanceHealthState,
  inferenceService,
  instanceHealthState,
} from '@/lib/domain/inference-service.ts'
import type { InferenceServiceRow, InstanceWithHealth } from '@/lib/persistence/inference-service-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import type { TrafficSums } from '@/lib/persistence/rollup-store.ts'
import { serviceStatus } from './service-status.ts'

export interface ServiceFacts {
  /** Nodes of its gateway that take new snapshots. */
  readonly live: readonly GatewayNodeRow[]
  /** In which it last changed. */
  readonly revision: number
  /** Last 24 hours; undefined without requests. */
  readonly traffic: TrafficSums | undefined
}

const { shape } = inferenceService

export function serviceView(row: InferenceServiceRow, facts: ServiceFacts): InferenceService {
  const document = serviceDocument(row)
  const instances = row.instances.map(instanceView)
  const { id, name, type } = row.gateway
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...plainFields(document),
    gateway: { id, name, type: shape.gateway.shape.type.parse(type) },
    hasUpstreamCredential: document.upstreamCredentialSealed !== null,
    status: statusOf(row, document, instances, facts),
    instances,
    traffic24h: trafficView(facts.traffic),
    createdBy: row.createdByName,
  }
}

/** What a document and an answer of the API call alike. */
function plainFields(document: InferenceServiceDocument) {
  return {
    name: document.name,
    description: document.description,
    runtime: shape.runtime.parse(document.runtime),
    vpcId: document.vpcId,
    vswitchId: document.vswitchId,
    securityGroupId: document.securityGroupId,
    vpcDirect: document.vpcDirect,
    nlb: document.nlb,
    nacos: document.nacos.map(({ passwordSealed, ...registration }) => ({
      ...registration,
      hasPassword: passwordSealed !== null,
    })),
    apiType: shape.apiType.parse(document.apiType),
    apiPath: document.apiPath,
    model: document.model,
    protocol: shape.protocol.parse(document.protocol),
    upstreamHttp: document.upstreamHttp,
    balancing: document.balancing.strategy,
    hashHeader: hashHeaderOf(document.balancing),
    requestTimeoutMs: document.requestTimeoutMs,
    requestsPerSecond: document.requestsPerSecond,
    concurrency: document.concurrency,
    retries: document.retries,
    passiveHealth: document.passiveHealth,
    slowStartMs: document.slowStartMs,
    panicThreshold: document.panicThreshold,
    healthCheck: document.healthCheck,
    forwardAuthorization: document.forwardAuthorization,
    labels: document.labels,
    running: document.running,
  }
}

function hashHeaderOf(balancing: InferenceServiceDocument['balancing']): string | null {
  return balancing.strategy === 'hash' && balancing.on !== 'client-address' ? balancing.on.header : null
}

function statusOf(
  row: InferenceServiceRow,
  document: InferenceServiceDocument,
  instances: readonly Instance[],
  { live, revision }: ServiceFacts,
): InferenceService['status'] {
  return serviceStatus({
    running: document.running,
    version: row.version,
    updatedAt: row.updatedAt,
    checked: document.healthCheck !== null,
    revision,
    nodeRevisions: live.map((node) => node.revision),
    refusedReason: live.find((node) => node.refusedReason !== null)?.refusedReason ?? null,
    instances: instances.map(({ url, weight, health }) => ({
      url,
      weight,
      state: health.state,
      reason: health.reason,
      since: health.since === null ? null : new Date(health.since),
    })),
  })
}

const severity: Record<InstanceHealthState, number> = {
  unready: 5,
  ejected: 4,
  paused: 3,
  probing: 2,
  unknown: 1,
  ready: 0,
}

/** The worst that any live node sees. */
function instanceView({ id, url, weight, health }: InstanceWithHealth): Instance {
  const seen = health.map((row) => ({ ...row, state: stateOf(row.state) }))
  const worst = seen.sort((a, b) => severity[b.state] - severity[a.state])[0]
  return {
    id,
    url,
    weight,
    health: {
      state: worst?.state ?? 'unknown',
      reason: worst?.reason ?? null,
      since: worst?.since.toISOString() ?? null,
      until: worst?.until?.toISOString() ?? null,
      checkedAt: worst?.checkedAt?.toISOString() ?? null,
    },
  }
}

function stateOf(text: string): InstanceHealthState {
  return instanceHealthState.catch('unknown').parse(text)
}

function trafficView(sums: TrafficSums | undefined): InferenceService['traffic24h'] {
  if (sums === undefined || sums.requests === 0) return noRequests
  return {
    requests: sums.requests,
    successRate: (sums.requests - sums.serverErrors) / sums.requests,
    averageMs: sums.durationMsSum / sums.requests,
    rateLimited: sums.rateLimited,
  }
}

const noRequests = { requests: 0, successRate: null, averageMs: null, rateLimited: 0 }
