import { describe, expect, test } from 'vitest'
import { storedService } from '@/lib/client/testing/stored-service.ts'
import { passiveHealthInput } from '@/lib/domain/traffic-policy.ts'
import { changedFields, updateInputOf } from './inference-service-changes.ts'
import { inferenceServiceForm, inferenceServiceFormOf } from './inference-service-form.ts'

const edited = (change: Partial<ReturnType<typeof inferenceServiceFormOf>>) =>
  inferenceServiceForm.parse({ ...inferenceServiceFormOf(storedService), ...change })

describe('an update', () => {
  test('of nothing is nothing', () => {
    expect(updateInputOf(storedService, edited({}))).toBeNull()
  })

  test('sends only what changed and the version it was based on', () => {
    expect(updateInputOf(storedService, edited({ model: '', requestTimeoutMs: 90_000 }))).toEqual({
      model: null,
      requestTimeoutMs: 90_000,
      version: 4,
    })
  })

  test('keeps the identity of instances', () => {
    const instances = [
      ...inferenceServiceFormOf(storedService).instances,
      { url: 'http://10.0.0.6:8000', weight: 2 },
    ]
    expect(updateInputOf(storedService, edited({ instances }))?.instances).toEqual([
      { id: 'ins_1', url: 'http://10.0.0.5:8000', weight: 1 },
      { url: 'http://10.0.0.6:8000', weight: 2 },
    ])
  })

  test('leaves a saved credential alone unless it is replaced or removed', () => {
    expect(updateInputOf(storedService, edited({ upstreamCredential: 'Bearer new' }))).toEqual({
      upstreamCredential: 'Bearer new',
      version: 4,
    })
    expect(updateInputOf(storedService, edited({ removeCredential: true }))).toEqual({
      upstreamCredential: null,
      version: 4,
    })
    const bare = { ...storedService, hasUpstreamCredential: false }
    expect(updateInputOf(bare, edited({ removeCredential: true }))).toBeNull()
  })

  test('takes labels in another order for the same labels', () => {
    const labels = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]
    expect(changedFields(storedService, edited({ labels }))).toEqual([])
    expect(changedFields(storedService, edited({ labels: labels.slice(1) }))).toEqual(['labels'])
  })

  test('sends a limit as a number and its absence as null', () => {
    const limited = edited({ requestsPerSecond: { enabled: true, value: 50 } })
    expect(updateInputOf(storedService, limited)).toEqual({ requestsPerSecond: 50, version: 4 })
    const was = { ...storedService, requestsPerSecond: 50 }
    expect(updateInputOf(was, edited({}))).toEqual({ requestsPerSecond: null, version: 4 })
    expect(updateInputOf(was, limited)).toBeNull()
  })

  test('sends a group of settings whole', () => {
    const concurrency = { enabled: true, perInstance: 4, queueSize: 0, queueTimeoutMs: 500 } as const
    const { enabled: _, ...sent } = concurrency
    expect(updateInputOf(storedService, edited({ concurrency }))).toEqual({ concurrency: sent, version: 4 })
    const on = { connect: true, timeout: false, serverError: true }
    const passiveHealth = { ...passiveHealthInput.parse({ on }), enabled: true } as const
    expect(updateInputOf(storedService, edited({ passiveHealth }))?.passiveHealth).toEqual(
      passiveHealthInput.parse({ on }),
    )
  })

  test('switching checks off is a change', () => {
    const off = { healthCheck: { enabled: false as const } }
    expect(updateInputOf(storedService, edited(off))).toEqual({ healthCheck: null, version: 4 })
  })
})
