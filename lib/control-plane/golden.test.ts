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
    const snapshot = compileSnapshot(withDocuments(read(name, 'rows.json')))
    expect(withoutDefaults(snapshot)).toEqual(read(name, 'snapshot.json'))
    expect(checkSnapshot(snapshot)).toBeNull()
  })
})

/** As they come from the database: documents of any age are read by their schemas. */
function withDocuments({ gateway, services, ...rest }: GatewayRows): GatewayRows {
  return {
    ...rest,
    gateway: { ...gateway, document: gatewayDocument.parse(gateway.document) },
    services: services.map((service) => ({
      ...service,
      document: inferenceServiceDocument.omit({ upstreamCredentialSealed: true }).parse(service.document),
    })),
  }
}

/** A golden file that repeated defaults would change with each new one. */
function withoutDefaults({ limits, egress, ...rest }: GatewaySnapshot): unknown {
  const defaults = defaultLimits(rest.gateway.type)
  const own = Object.entries(limits).filter(
    ([name, value]) => value !== defaults[name as keyof typeof defaults],
  )
  expect(egress).toEqual(defaultEgress)
  return { ...rest, ...(own.length > 0 && { limits: Object.fromEntries(own) }) }
}
