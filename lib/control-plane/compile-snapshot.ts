import { type ApiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import {
  type GatewaySnapshot,
  type InferenceServiceSnapshot,
  snapshotFormatVersion,
} from '@/lib/snapshot/snapshot.ts'
import { defaultEgress, defaultLimits } from './default-limits.ts'
import type { GatewayRows, ServiceRows } from './gateway-rows.ts'

/** Rows in, what a node runs out. Pure: the same rows give the same bytes. */
export function compileSnapshot(rows: GatewayRows): GatewaySnapshot {
  const { id, name, type, revision, document } = rows.gateway
  return {
    formatVersion: snapshotFormatVersion,
    revision,
    gateway: { id, name, type },
    hosts: rows.hosts,
    limits: { ...defaultLimits(type), ...document.limits },
    trustedProxies: document.trustedProxies,
    proxyProtocol: document.proxyProtocol,
    access: { internet: null, vpc: null },
    domains: [],
    certificates: [],
    acmeChallenges: [],
    tlsPorts: { internet: null, vpc: null },
    egress: defaultEgress,
    services: rows.services.map(compileService),
  }
}

function compileService({ id, document, upstreamCredential, tokens }: ServiceRows): InferenceServiceSnapshot {
  return {
    id,
    name: document.name,
    workspaceId: document.workspaceId,
    running: document.running,
    apiPath: document.apiPath ?? usualPath(document.apiType),
    tokens: tokens.map((token) => ({
      id: token.id,
      value: token.value,
      expiresAt: token.expiresAt,
      requestsPerSecond: token.requestsPerSecond,
    })),
    direct: { securityRules: [], discovery: false, nlb: [], nacos: [] },
    forwardAuthorization: document.forwardAuthorization,
    upstreamAuthorization: upstreamCredential,
    protocol: document.protocol === 'grpc' ? 'grpc' : 'http',
    upstreamHttp: document.upstreamHttp,
    balancing: document.balancing,
    requestTimeoutMs: document.requestTimeoutMs,
    requestsPerSecond: document.requestsPerSecond,
    concurrency: document.concurrency,
    retries: document.retries,
    healthCheck: document.healthCheck,
    passiveHealth: document.passiveHealth,
    slowStartMs: document.slowStartMs,
    panicThreshold: document.panicThreshold,
    instances: document.instances.map(({ id: instanceId, url, weight }) => ({ id: instanceId, url, weight })),
  }
}

/** A type that this version does not know (from a newer console, or a rollback) has no usual path. */
function usualPath(apiType: string): string | null {
  return apiType in apiTypeFacts ? apiTypeFacts[apiType as ApiType].path : null
}
