import { describe, expect, it } from 'vitest'
import { vertexFake } from '@/e2e/fakes/providers/vertex.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import type { ProviderSettings } from '@/lib/providers/provider.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { vertex } from './provider.ts'

describeProviderContract(vertex, vertexFake)

const options = { auth: 'service-account', region: 'us-central1', publisher: 'google' }

function prepare(changes: Partial<ProviderSettings> = {}) {
  const baseUrl = 'https://us-central1-aiplatform.googleapis.com'
  return vertex.prepare({ protocol: 'native', baseUrl, options, ...changes }, testTools)
}

describe('vertex', () => {
  const call = { model: 'gemini-2.5-flash', stream: false, body: {} }

  it('leaves the project of the path to the key', () => {
    expect(prepare().routes[0]?.path(call)).toBe(
      '/v1/projects/{project}/locations/us-central1/publishers/google/models/gemini-2.5-flash:generateContent',
    )
  })

  it('has neither project nor region in the path of an Express mode key', () => {
    const express = prepare({ options: { auth: 'express' } })
    expect(express.routes[0]?.path({ ...call, stream: true })).toBe(
      '/v1/publishers/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    )
  })

  it('offers Express mode keys and Claude no OpenAI protocol, and says why', () => {
    expect(() => prepare({ protocol: 'openai', options: { auth: 'express' } })).toThrow(
      /takes no Express mode keys/,
    )
    expect(() => prepare({ protocol: 'openai', options: { ...options, publisher: 'anthropic' } })).toThrow(
      /Anthropic’s protocol only/,
    )
    const openAi = vertex.manifest.protocols.find(({ id }) => id === 'openai')
    expect(openAi?.except?.when).toEqual({ option: 'auth', in: ['express'] })
  })

  it('knows a model by its name with its publisher too, and names the publisher where Google wants it', () => {
    const named = { ...call, model: 'google/gemini-2.5-flash' }
    expect(prepare().routes[0]?.path(named)).toBe(prepare().routes[0]?.path(call))
    const body = { model: 'gemini-2.5-flash' }
    prepare({ protocol: 'openai' }).routes[0]?.prepareBody?.({ ...call, body })
    expect(body).toEqual({ model: 'google/gemini-2.5-flash' })
  })

  it('refuses a path in place of the base, and a missing region', () => {
    expect(() => prepare({ baseUrl: 'https://aiplatform.googleapis.com/v1/projects/x' })).toThrow(
      'leave out /v1/projects/x',
    )
    expect(() => prepare({ options: { auth: 'service-account' } })).toThrow(/the region/)
  })

  it.each([
    [403, 'PERMISSION_DENIED', "Permission 'aiplatform.endpoints.predict' denied", 'the role Vertex AI User'],
    [404, 'NOT_FOUND', 'Publisher Model was not found', 'its publisher and the region'],
    [429, 'RESOURCE_EXHAUSTED', 'Resource exhausted, please try again later.', 'quota for the model'],
    [401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.', 'refuses the key'],
  ])('explains %i %s', (code, status, message, words) => {
    const failure = serviceCodecOf('gemini').readFailure(code, { error: { code, message, status } })
    expect(prepare().explain(failure)).toContain(words)
  })

  it('refuses a service account in place of an Express mode key, without repeating it', () => {
    const { credential } = prepare({ options: { auth: 'express' } })
    expect(() => credential('{"private_key":"hushhush"}')).toThrow(/no Express mode key/)
    expect(() => credential('{"private_key":"hushhush"}')).not.toThrow(/hushhush/)
  })
})
