import { afterEach, expect, test } from 'vitest'
import { createGatewayMetrics } from '@/lib/gateway/stages/observe/gateway-metrics.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'

let gateway: TestGateway | null = null
afterEach(async () => gateway?.close())

async function start(names: readonly string[]): Promise<TestGateway> {
  const services = names.map((name) =>
    makeService({ id: `eas_${name}`, name, instances: [makeInstance('http://127.0.0.1:9')] }),
  )
  gateway = await startGateway(makeSnapshot({ services }))
  return gateway
}

test('quotes what would end a label', async () => {
  const { engine } = await start(['a"b\\c\nd'])
  expect(await readMetrics(engine)).toContain('switchyard_instance_state{service="a\\"b\\\\c\\nd"')
})

test('lets traffic have its turns while it writes a long page', async () => {
  const { engine } = await start(Array.from({ length: 4_000 }, (_, index) => `service_${index}`))
  let turns = 0
  let isCounting = true
  const count = () => {
    turns += 1
    if (isCounting) setImmediate(count)
  }
  setImmediate(count)
  const pieces: string[] = []
  for await (const piece of createGatewayMetrics(engine, null)()) pieces.push(piece)
  isCounting = false
  expect(turns).toBeGreaterThan(2)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000)
  expect(pieces.join('').match(/^switchyard_instance_state\{/gm)).toHaveLength(4_000)
})
