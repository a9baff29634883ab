import { beforeEach, expect, test } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import { AccessLog } from '@/lib/gateway/stages/observe/access-log.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Logger } from '@/lib/platform/logger.ts'

let lines: Array<Record<string, unknown> & { level: string }> = []
let now = 0

beforeEach(() => {
  lines = []
  now = 0
})

function createLog(level: 'info' | 'debug') {
  const at = (name: string) => (line: object) => void lines.push({ ...line, level: name })
  const logger = { isLevelEnabled: (asked: string) => asked === level, warn: at('warn'), debug: at('debug') }
  return new AccessLog(logger as unknown as Logger, { now: () => now })
}

function observed(status: number, error: GatewayError | null = null): Observation {
  const exchange = { side: 'internet', method: 'POST', target: '/api/predict/demo/x?key=secret' }
  return {
    exchange,
    requestId: 'req_1',
    route: null,
    model: null,
    caller: null,
    status,
    error,
    bytesOut: 7,
  } as unknown as Observation
}

test('only failures are logged, with their cause and without the query', () => {
  const log = createLog('info')
  log.write(observed(200), 1)
  log.write(observed(404), 1)
  const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' })
  log.write(observed(503, new GatewayError('upstream_unreachable', 'No.', { cause })), 12.4)
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'warn',
      requestId: 'req_1',
      path: '/api/predict/demo/x',
      status: 503,
      code: 'upstream_unreachable',
      cause: 'Error ECONNREFUSED: connect refused',
      durationMs: 12,
    }),
  ])
})

test('at level debug every request is', () => {
  createLog('debug').write(observed(200), 1)
  expect(lines).toMatchObject([{ level: 'debug', status: 200 }])
})

test('of a call to a Model API it says what came of it, and nothing that the service said', () => {
  const passedOver = [{ service: 'first', model: null, status: 429, reason: 'answered 429', durationMs: 3 }]
  const model = {
    ...{ reason: { mode: 'model-name', rule: 1, pattern: 'l*' }, passedOver },
    api: { name: 'chat' },
    service: { name: 'svc' },
    asked: 'large',
    answeredBy: null,
    firstTokenMs: 12.6,
    failure: { kind: 'upstream', status: 500, message: 'Your key sk-secret', code: null, param: null },
  }
  const usage = () => ({ input: 5, output: null })
  createLog('info').write({ ...observed(500), model, usage } as unknown as Observation, 1)
  expect(lines).toMatchObject([
    {
      requestId: 'req_1',
      routed: { mode: 'model-name', rule: 1 },
      passedOver,
      service: 'svc',
      api: 'chat',
      model: 'large',
      failure: 'upstream',
      firstTokenMs: 13,
      inputTokens: 5,
      outputTokens: null,
    },
  ])
  expect(JSON.stringify(lines)).not.toContain('secret')
})

test('a flood of failures is cut, and what was left out is counted', () => {
  const log = createLog('info')
  for (let index = 0; index < 1_000; index++) log.write(observed(503), 1)
  expect(lines).toHaveLength(20)
  now = 1_000
  log.write(observed(503), 1)
  expect(lines.at(-1)).toMatchObject({ unloggedBefore: 980 })
  log.write(observed(503), 1)
  expect(lines.at(-1)).not.toHaveProperty('unloggedBefore')
})

test('what an overloaded node refuses leaves no line of its own', () => {
  const log = createLog('info')
  log.write(observed(503, new GatewayError('overloaded', 'No.')), 1)
  expect(lines).toEqual([])
})
