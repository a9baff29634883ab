import type { InferenceService } from '@/lib/domain/inference-service.ts'

/** What the gateway serves for a service, defaults included, secrets left out. */
export function effectiveSpec(service: InferenceService) {
  return {
    name: service.name,
    description: service.description,
    runtime: service.runtime,
    instances: service.instances.map(({ url, weight }) => ({ url, weight })),
    apiType: service.apiType,
    apiPath: service.apiPath,
    model: service.model,
    gatewayId: service.gateway.id,
    vpcId: service.vpcId,
    vswitchId: service.vswitchId,
    securityGroupId: service.securityGroupId,
    vpcDirect: service.vpcDirect,
    nlb: service.nlb,
    nacos: service.nacos.map(({ id: _, ...registration }) => registration),
    protocol: service.protocol,
    upstreamHttp: service.upstreamHttp,
    balancing: service.balancing,
    hashHeader: service.hashHeader,
    requestTimeoutMs: service.requestTimeoutMs,
    requestsPerSecond: service.requestsPerSecond,
    concurrency: service.concurrency,
    healthCheck: service.healthCheck,
    passiveHealth: service.passiveHealth,
    retries: service.retries,
    slowStartMs: service.slowStartMs,
    panicThreshold: service.panicThreshold,
    forwardAuthorization: service.forwardAuthorization,
    hasUpstreamCredential: service.hasUpstreamCredential,
    labels: service.labels,
  }
}
