import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeploymentPlan } from '@/lib/snapshot/deployment.ts'
import { PlanStore, readPlan } from './plan-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-plan-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const plan: DeploymentPlan = {
  formatVersion: 1,
  gateways: [
    {
      gatewayId: 'gw_1',
      name: 'one',
      type: 'alb',
      doors: [{ door: 'internet', port: 8100 }],
      nodes: { min: 2, max: 4 },
      memoryMb: null,
    },
  ],
  nameServer: null,
}

test('a saved plan is read back, and nobody else may read it', () => {
  const store = new PlanStore(folder)
  expect(store.load()).toBeNull()
  store.save({ ...plan, gateways: [] })
  store.save(plan)
  expect(store.load()).toEqual({ plan })
  expect(readdirSync(folder)).toEqual(['deployment-plan.json'])
  expect(statSync(path.join(folder, 'deployment-plan.json')).mode & 0o777).toBe(0o600)
})

test('a half-written file of a crash is no obstacle', () => {
  writeFileSync(path.join(folder, 'deployment-plan.json.tmp'), '{"format', { mode: 0o644 })
  const store = new PlanStore(folder)
  store.save(plan)
  expect(store.load()).toEqual({ plan })
  expect(statSync(path.join(folder, 'deployment-plan.json')).mode & 0o777).toBe(0o600)
})

test.each([
  ['', 'is not JSON'],
  ['{"formatVersion":1', 'is not JSON'],
  ['null', 'wrong at its top'],
  ['{"formatVersion":2,"gateways":[],"nameServer":null}', 'has format 2, and this program reads 1'],
  ['{"formatVersion":1,"gateways":{},"nameServer":null}', 'wrong at gateways'],
  [
    JSON.stringify({ ...plan, gateways: [{ ...plan.gateways[0], doors: [{ door: 'back', port: 1 }] }] }),
    'wrong at gateways.0.doors.0.door',
  ],
  [
    JSON.stringify({ ...plan, gateways: [{ ...plan.gateways[0], doors: [{ door: 'vpc', port: 70_000 }] }] }),
    'wrong at gateways.0.doors.0.port',
  ],
])('%s is refused with a sentence', (text, sentence) => {
  expect(readPlan(text)).toEqual({ refused: expect.stringContaining(sentence) })
})
