import { describe, expect, test } from 'vitest'
import { createInferenceServiceInput, updateInferenceServiceInput } from './inference-service.ts'

const smallest = { name: 'qwen_7b', instances: [{ url: 'http://10.0.0.5:8000' }] }

function complaints(value: unknown): Record<string, string> {
  const result = createInferenceServiceInput.safeParse(value)
  if (result.success) return {}
  return Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.'), issue.message]))
}

describe('creating a service', () => {
  test('needs a name and one address; the rest has defaults', () => {
    expect(createInferenceServiceInput.parse(smallest)).toMatchObject({
      runtime: 'endpoint',
      gatewayId: 'shared',
      apiType: 'openai-chat',
      balancing: 'round-robin',
      requestTimeoutMs: 60_000,
      healthCheck: {
        path: '/health',
        intervalMs: 10_000,
        timeoutMs: 3000,
        unhealthyAfter: 3,
        healthyAfter: 1,
      },
      instances: [{ url: 'http://10.0.0.5:8000', weight: 1 }],
    })
  })

  test.each(['ab', 'Qwen', '7b_qwen', 'qwen-7b', 'qwen 7b', 'a'.repeat(64), ''])(
    'refuses the name %j',
    (name) => {
      expect(complaints({ ...smallest, name })).toHaveProperty('name')
    },
  )

  test('names the instance that repeats another', () => {
    const instances = [{ url: 'http://a:1' }, { url: 'http://b:1' }, { url: 'http://a:1' }]
    expect(complaints({ ...smallest, instances })).toEqual({
      'instances.2.url': 'This repeats instance 1. Raise its weight instead.',
    })
  })

  test('refuses a health check whose timeout reaches into the next check', () => {
    const healthCheck = { intervalMs: 2000, timeoutMs: 2000 }
    expect(complaints({ ...smallest, healthCheck })).toHaveProperty(['healthCheck.timeoutMs'])
  })

  test('keeps a header name free of anything that could end a header', () => {
    expect(complaints({ ...smallest, balancing: 'hash', hashHeader: 'x-user\r\nx-evil: 1' })).toHaveProperty(
      'hashHeader',
    )
  })
})

describe('updating a service', () => {
  test('leaves alone what is left out', () => {
    expect(updateInferenceServiceInput.parse({ version: 3, requestTimeoutMs: 5000 })).toEqual({
      version: 3,
      requestTimeoutMs: 5000,
    })
  })

  test('tells removal from omission', () => {
    expect(
      updateInferenceServiceInput.parse({ version: 1, healthCheck: null, upstreamCredential: null }),
    ).toEqual({
      version: 1,
      healthCheck: null,
      upstreamCredential: null,
    })
  })

  test('needs the version it is based on', () => {
    expect(updateInferenceServiceInput.safeParse({ requestTimeoutMs: 5000 }).success).toBe(false)
  })
})
