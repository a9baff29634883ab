import { expect, test } from 'vitest'
import { composeReport, type ReportSubject } from '@/lib/gateway/report-sender/compose-report.ts'
import { RollupBook } from '@/lib/gateway/stages/observe/rollup-book.ts'
import { nodeReport } from '@/lib/snapshot/node-report.ts'

const health = { state: 'unready', reason: 'x'.repeat(500), since: 5, checkedAt: 9 }
const subject = {
  identity: {
    nodeId: 'node_1',
    gatewayId: 'shared',
    host: 'h',
    pid: 1,
    version: '1.0.0',
    startedAt: 1,
    listeners: [{ side: 'vpc', protocol: 'http', port: 8081 }],
  },
  runtimes: { current: { services: [{ instances: [{ id: 'ins_1', state: { health } }] }] } },
  inbox: { revision: 3, appliedAt: 4, refused: { revision: 4, reason: 'y'.repeat(5_000) } },
  observer: { openRequests: 2 },
} as unknown as ReportSubject

test('a report fits the contract, whatever the length of what it tells', () => {
  const report = composeReport(subject, 'running', true, { rollups: [], requestsDropped: 0 })
  expect(nodeReport.parse(report)).toEqual(report)
  expect(report).toMatchObject({ revision: 3, openRequests: 2, refused: { revision: 4 } })
  expect(report.instances?.items[0]).toMatchObject({
    instanceId: 'ins_1',
    state: 'unready',
    since: 5,
    checkedAt: 9,
  })
})

test('instances are left out while nothing about them changed', () => {
  expect(composeReport(subject, 'draining', false, { rollups: [], requestsDropped: 0 }).instances).toBeNull()
})

test('the largest portion of rollups stays below what the console takes', () => {
  const book = new RollupBook()
  const id = (prefix: string, index: number) => `${prefix}_01JD${String(index).padStart(22, '0')}`
  for (let index = 0; index < 4_000; index++) {
    const rollup = book.entry(1_795_236_780_000, id('eas', index), id('tok', index))
    for (const key of [
      'requests',
      'clientErrors',
      'serverErrors',
      'inputTokens',
      'outputTokens',
      'bytesIn',
      'bytesOut',
    ] as const) {
      rollup[key] = 123_456_789
    }
    rollup.durationMsSum = rollup.firstByteMsSum = 1_234_567.891_011_121
  }
  const report = composeReport(subject, 'running', true, book.take(4_000))
  expect(JSON.stringify(report).length).toBeLessThan(2 * 1024 * 1024)
})
