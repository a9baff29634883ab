import { type ApiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import {
  type GatewaySide,
  type GatewaySnapshot,
  type InferenceServiceSnapshot,
  snapshotFormatVersion,
} from '@/lib/snapshot/snapshot.ts'
import { compileAccess } from './compile-access.ts'
import { compileUpstream } from './compile-upstream.ts'
import { compileConsumer } from './consumer-config.ts'
import { defaultEgress, gatewayLimits } from './default-limits.ts'
import type { GatewayRows, ServiceRows } from './gateway-rows.ts'
import { compileModelApi } from './model-api-config.ts'

/** Rows in, what a node runs out. Pure: the same rows give the same bytes. */
export function compileSnapshot(rows: GatewayRows): GatewaySnapshot {
  const { id, name, type, spec, revision, document } = rows.gateway
  const domains = rows.domains.filter(({ side }) => isOn(rows, side))
  const named = new Set(domains.map(({ certificateId }) => certificateId))
  return {
    formatVersion: snapshotFormatVersion,
    revision,
    gateway: { id, name, type },
    hosts: rows.hosts,
    limits: gatewayLimits(type, spec, document.limits),
    trustedProxies: document.trustedProxies,
    proxyProtocol: document.proxyProtocol,
    access: compileAccess(rows),
    domains,
    certificates: rows.certificates.filter((certificate) => named.has(certificate.id)),
    acmeChallenges: rows.acmeChallenges,
    tlsPorts: {
      internet: isOn(rows, 'internet') ? rows.tlsPorts.internet : null,
      vpc: isOn(rows, 'vpc') ? rows.tlsPorts.vpc : null,
    },
    egress: defaultEgress,
    selfTestKey: rows.selfTestKey,
    services: rows.services.map(compileService),
    upstreamServices: rows.upstreamServices.map(compileUpstream),
    modelApis: rows.modelApis.map((api) => compileModelApi(api, rows.consumers)),
    consumers: rows.consumers.map(compileConsumer),
  }
}

function isOn({ gateway }: GatewayRows, side: GatewaySide): boolean {
  return side === 'internet' ? gateway.internetEnabled : gateway.vpcEnabled
}

function compileService(rows: ServiceRows): InferenceServiceSnapshot {
  const { id, document, upstreamCredential, securityRules, nacos, tokens } = rows
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
    direct: { securityRules, discovery: document.vpcDirect, nlb: document.nlb, nacos },
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
