import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EndpointStore, type KeptDiscovery } from '@/lib/gateway/discovery/endpoint-store.ts'
import type { LastGood } from '@/lib/gateway/runtime/discovery-follower.ts'
import { createLogger } from '@/lib/platform/logger.ts'

const token = 'n'.repeat(40)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-endpoints-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const found = new Map<string, LastGood>([
  ['svc_1', { syncedAt: 5, endpoints: [{ host: '10.0.0.1', port: 80, name: 'bücher.test', weight: 2 }] }],
  ['svc_2', { syncedAt: 6, endpoints: [] }],
])

function discovery(has: ReadonlyMap<string, LastGood> = new Map()) {
  const restored: Array<ReadonlyMap<string, LastGood>> = []
  const kept: KeptDiscovery = {
    restore: (map) => restored.push(map),
    lastGood: () => has,
    onEndpoints: () => {},
  }
  return { kept, restored }
}

function store(restMs = 0, nodeToken = token): EndpointStore {
  return new EndpointStore(join(folder, 'a.endpoints'), nodeToken, createLogger('test', 'silent'), restMs)
}

async function stored(nodeToken = token): Promise<ReadonlyMap<string, LastGood> | undefined> {
  const { kept, restored } = discovery()
  await store(0, nodeToken).keep(kept)
  return restored[0]
}

test('what was found is there after a restart, sealed and for nobody else', async () => {
  const { kept } = discovery(found)
  const first = store()
  await first.keep(kept)
  kept.onEndpoints()
  await vi.waitFor(async () =>
    expect(await stored()).toEqual(new Map([...found].map(([id, last]) => [id, { serviceId: id, ...last }]))),
  )
  await first.stop()
  const file = join(folder, 'a.endpoints')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readFile(file)).includes('10.0.0.1')).toBe(false)
  expect(await stored('m'.repeat(40))).toEqual(new Map())
})

test('stopping writes what is still to be written, and nothing that goes afterwards', async () => {
  const has = new Map(found)
  const { kept } = discovery(has)
  const slow = store(60_000)
  await slow.keep(kept)
  kept.onEndpoints()
  await slow.stop()
  has.clear()
  kept.onEndpoints()
  expect((await stored())?.size).toBe(2)
})

test('a file that is damaged counts as none', async () => {
  await writeFile(
    join(folder, 'a.endpoints'),
    'SWYD2 nonsense that is long enough to look like a sealed file with a tag',
  )
  expect(await stored()).toEqual(new Map())
})
