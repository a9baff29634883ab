import * as z from 'zod'
import { securityGroup } from '@/lib/domain/network.ts'
import type { NacosRegistration } from '@/lib/domain/service-access.ts'
import type { listServicesOfGateway } from '@/lib/persistence/inference-service-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type { NacosRegistrationSnapshot, SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'
import type { ServiceRows } from './gateway-rows.ts'
import { serviceDocument } from './service-rows.ts'

export type StoredServices = Awaited<ReturnType<typeof listServicesOfGateway>>

const noRules: unknown = []

export function toService(
  row: StoredServices[number],
  securityRules: ReadonlyMap<string, unknown>,
  masterKey: Buffer,
): ServiceRows {
  const { upstreamCredentialSealed, nacos, ...document } = serviceDocument(row)
  return {
    id: row.id,
    document,
    upstreamCredential: upstreamCredentialSealed && openSecret(masterKey, row.id, upstreamCredentialSealed),
    securityRules: toRules(securityRules.get(row.securityGroupId ?? '') ?? noRules),
    nacos: nacos.map((registration) => toRegistration(registration, document.name, masterKey)),
    tokens: row.tokens.map(({ id, sealed, expiresAt, requestsPerSecond }) => ({
      id,
      value: openSecret(masterKey, id, sealed),
      expiresAt: expiresAt?.getTime() ?? null,
      requestsPerSecond,
    })),
  }
}

/** All that passes a gateway's direct ways is TCP, so rules for TCP and for anything say the same. */
function toRules(stored: unknown): SecurityRuleSnapshot[] {
  const rules = z.array(securityGroup.shape.rules.element).parse(stored)
  return rules.map(({ direction, portFrom, portTo, cidr, action }) => ({
    direction,
    portFrom,
    portTo,
    cidr,
    action,
  }))
}

function toRegistration(
  { passwordSealed, ...registration }: NacosRegistration,
  serviceName: string,
  masterKey: Buffer,
): NacosRegistrationSnapshot {
  return {
    ...registration,
    serviceName: registration.serviceName ?? serviceName,
    password: passwordSealed && openSecret(masterKey, registration.id, passwordSealed),
  }
}
