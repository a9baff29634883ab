import { expect, test } from 'vitest'
import { composeReport, type ReportSubject, type Taken } from '@/lib/gateway/report-sender/compose-report.ts'
import { RollupBook } from '@/lib/gateway/stages/observe/rollup-book.ts'
import { nodeReport } from '@/lib/snapshot/node-report.ts'

const subject = {
  identity: {
    nodeId: 'node_1',
    gatewayId: 'shared',
    host: 'h',
    pid: 1,
    version: '1.0.0',
    startedAt: 1,
  },
  inbox: { revision: 3, appliedAt: 4, refused: { revision: 4, reason: 'y'.repeat(5_000) } },
  observer: { openRequests: 2 },
  doors: { listeners: [{ side: 'vpc' as const, protocol: 'http' as const, port: 8081 }], connections: 7 },
} as unknown as ReportSubject

const nothing: Taken = {
  instances: null,
  upstreamServices: null,
  healthEvents: [],
  rollups: [],
  requestsDropped: 0,
  records: [],
}
const id = (prefix: string, index: number) => `${prefix}_01JD${String(index).padStart(22, '0')}`
const megabytes = (value: unknown) => JSON.stringify(value).length / 1024 / 1024

test('a report fits the contract, whatever the length of what it tells', () => {
  const report = composeReport(subject, 'running', nothing)
  expect(nodeReport.parse(report)).toEqual(report)
  expect(report).toMatchObject({ revision: 3, openRequests: 2, connections: 7, refused: { revision: 4 } })
})

function fullRollups(count: number): Taken {
  const book = new RollupBook()
  for (let index = 0; index < count; index++) {
    const rollup = book.entry(1_795_236_780_000, id('eas', index), id('tok', index))
    for (const key of [
      'requests',
      'clientErrors',
      'serverErrors',
      'rateLimited',
      'inputTokens',
      'outputTokens',
      'bytesIn',
      'bytesOut',
    ] as const) {
      rollup[key] = 123_456_789
    }
    rollup.durationMsSum = rollup.firstByteMsSum = 1_234_567.891_011_121
  }
  return { ...nothing, ...book.take() }
}

test('the largest portion of rollups stays below what the console takes', () => {
  expect(megabytes(composeReport(subject, 'running', fullRollups(4_000)))).toBeLessThan(2)
})

test('so does the largest portion of news about health, with the rollups that go with it', () => {
  const reason = 'x'.repeat(300)
  const healthEvents = Array.from({ length: 1_000 }, (_, index) => ({
    instanceId: id('ins', index),
    at: 1_795_236_780_000,
    state: 'ejected' as const,
    reason,
  }))
  const items = Array.from({ length: 2_000 }, (_, index) => ({
    instanceId: id('ins', index),
    state: 'ejected' as const,
    reason,
    since: 1_795_236_780_000,
    until: 1_795_236_780_000,
    checkedAt: 1_795_236_780_000,
  }))
  const taken = { ...fullRollups(1_000), instances: { isWhole: true, items }, healthEvents }
  const report = composeReport(subject, 'running', taken)
  expect(nodeReport.parse(report)).toEqual(report)
  expect(megabytes(report)).toBeLessThan(2)
})
