import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { checkSnapshot } from './check-snapshot.ts'
import { compileSnapshot } from './compile-snapshot.ts'
import { defaultEgress, defaultLimits } from './default-limits.ts'
import { gatewayDocument, inferenceServiceDocument } from './documents.ts'
import type { GatewayRows } from './gateway-rows.ts'

const folder = path.join(import.meta.dirname, '__golden__')
const read = (...parts: string[]) => JSON.parse(readFileSync(path.join(folder, ...parts), 'utf8'))

describe('rows compile to the golden snapshot of', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const rows = withDocuments(read(name, 'rows.json'))
    const snapshot = compileSnapshot(rows)
    expect(withoutDefaults(snapshot, rows.gateway.spec)).toEqual(read(name, 'snapshot.json'))
    expect(checkSnapshot(snapshot)).toBeNull()
  })
})

const nothing = {
  selfTestKey: 'golden',
  tlsPorts: { internet: null, vpc: null },
  internetWhitelist: [],
  vpcLinks: [],
  domains: [],
  certificates: [],
  acmeChallenges: [],
  upstreamServices: [],
  modelApis: [],
  consumers: [],
}

/** As they come from the database: documents of any age are read by their schemas; golden files leave out what is empty. */
function withDocuments({ gateway, services, ...rest }: GatewayRows): GatewayRows {
  return {
    ...nothing,
    ...rest,
    gateway: {
      ...{ spec: null, internetEnabled: true, vpcEnabled: true },
      ...gateway,
      document: gatewayDocument.parse(gateway.document),
    },
    services: services.map((service) => ({
      ...{ securityRules: [], nacos: [] },
      ...service,
      document: inferenceServiceDocument
        .omit({ upstreamCredentialSealed: true, nacos: true })
        .parse(service.document),
    })),
  }
}

/** A golden file that repeated defaults would change with each new one. */
function withoutDefaults(
  { limits, egress, selfTestKey, ...rest }: GatewaySnapshot,
  spec: string | null,
): unknown {
  const defaults = defaultLimits(rest.gateway.type, spec)
  const own = Object.entries(limits).filter(
    ([name, value]) => value !== defaults[name as keyof typeof defaults],
  )
  expect(egress).toEqual(defaultEgress)
  expect(selfTestKey).toBe('golden')
  return { ...rest, ...(own.length > 0 && { limits: Object.fromEntries(own) }) }
}
