import { describe, expect, test } from 'vitest'
import { storedService } from '@/lib/client/testing/stored-service.ts'
import { createInferenceServiceInput } from '@/lib/domain/inference-service.ts'
import { passiveHealthInput } from '@/lib/domain/traffic-policy.ts'
import { effectiveSpec } from './effective-spec.ts'
import { createInputOf } from './inference-service-changes.ts'
import {
  duplicateInferenceServiceForm,
  emptyInferenceServiceForm,
  inferenceServiceForm,
} from './inference-service-form.ts'

describe('the form of a new service', () => {
  const filled = {
    ...emptyInferenceServiceForm('gw_shared'),
    name: 'qwen_7b',
    instances: [{ url: 'http://10.0.0.5:8000', weight: 1 }],
  }

  test('makes what the API takes, empty inputs being nothing', () => {
    const input = createInputOf(inferenceServiceForm.parse(filled))
    expect(createInferenceServiceInput.strict().parse(input)).toEqual(input)
    expect(input).toMatchObject({ apiPath: null, model: null, hashHeader: null, upstreamCredential: null })
  })

  test('puts every complaint on its input at once', () => {
    const result = inferenceServiceForm.safeParse({
      ...filled,
      name: 'Qwen',
      apiPath: 'v1',
      hashHeader: 'a b',
      instances: [{ url: 'http://10.0.0.5:8000/v1/chat/completions', weight: 1 }],
      labels: [
        { name: 'team', value: 'a' },
        { name: 'team', value: 'b' },
        { name: 'a b', value: '' },
      ],
      healthCheck: { ...filled.healthCheck, enabled: true, timeoutMs: 20_000 },
    })
    expect(result.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'apiPath',
      'hashHeader',
      'healthCheck.timeoutMs',
      'instances.0.url',
      'labels.1.name',
      'labels.2.name',
      'name',
    ])
  })

  test('begins with what the API gives when nothing is said', () => {
    const { name, gatewayId, instances, ...rest } = createInputOf(inferenceServiceForm.parse(filled))
    expect(createInferenceServiceInput.parse({ name, gatewayId, instances })).toMatchObject(rest)
  })

  test('puts complaints about limits and resilience on their inputs', () => {
    const result = inferenceServiceForm.safeParse({
      ...filled,
      requestsPerSecond: { enabled: true, value: 0 },
      concurrency: { enabled: true, perInstance: 0, queueSize: 64, queueTimeoutMs: 0 },
      passiveHealth: { ...passiveHealthInput.parse({}), enabled: true, failures: 11, ejectMsMax: 5000 },
      retries: { attempts: 9, idempotent: false },
      panicThreshold: 101,
    })
    expect(result.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'concurrency.perInstance',
      'concurrency.queueTimeoutMs',
      'panicThreshold',
      'passiveHealth.ejectMsMax',
      'passiveHealth.failures',
      'requestsPerSecond.value',
      'retries.attempts',
    ])
  })

  test('does not check what is behind a switch that is off', () => {
    const off = {
      ...filled,
      requestsPerSecond: { enabled: false, value: 0 } as const,
      concurrency: { enabled: false, perInstance: null } as const,
      passiveHealth: { enabled: false, failures: 200 } as const,
    }
    expect(inferenceServiceForm.parse(off)).toMatchObject({
      requestsPerSecond: null,
      concurrency: null,
      passiveHealth: null,
    })
  })

  test('does not check the numbers of a health check that is off', () => {
    const off = { ...filled, healthCheck: { enabled: false, intervalMs: 1, timeoutMs: 99_999 } as const }
    expect(inferenceServiceForm.parse(off).healthCheck).toBeNull()
  })
})

test('a duplicate has neither the name nor the instances’ identities', () => {
  expect(duplicateInferenceServiceForm(storedService)).toMatchObject({
    name: '',
    model: 'Qwen2.5-7B',
    instances: [{ url: 'http://10.0.0.5:8000', weight: 1 }],
  })
  expect(duplicateInferenceServiceForm(storedService).instances[0]).not.toHaveProperty('id')
})

test('the effective configuration holds no health, no identity and no secret', () => {
  expect(Object.keys(effectiveSpec(storedService))).not.toContain('upstreamCredential')
  expect(effectiveSpec(storedService).instances).toEqual([{ url: 'http://10.0.0.5:8000', weight: 1 }])
})
