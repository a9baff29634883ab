import { afterEach, describe, expect, it } from 'vitest'
import { bedrockArn, bedrockFake } from '@/e2e/fakes/providers/bedrock.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import type { ProviderSettings } from '@/lib/providers/provider.ts'
import { chatRequest, prompt } from '@/lib/providers/testing/contract-requests.ts'
import { type ContractService, startContractService } from '@/lib/providers/testing/contract-service.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { bedrock } from './provider.ts'

describeProviderContract(bedrock, bedrockFake)

const options = { region: 'us-east-1', endpoint: 'runtime', auth: 'api-key' }

function prepare(changes: Partial<ProviderSettings> = {}) {
  const baseUrl = 'https://bedrock-runtime.us-east-1.amazonaws.com'
  return bedrock.prepare({ protocol: 'native', baseUrl, options, ...changes }, testTools)
}

describe('an ARN as model', () => {
  let started: ContractService | null = null
  afterEach(() => started?.server.close())

  it.each(bedrockFake.services.filter(({ variant }) => variant?.startsWith('runtime')).slice(0, 3))(
    'is one escaped segment of the path, signed as it is sent: $variant',
    async (service) => {
      started = await startContractService(bedrock, bedrockFake, service)
      for (const stream of [false, true]) {
        const { text } = await started.chat('bedrock-converse', chatRequest(bedrockArn, { stream }))
        expect(text).toContain(prompt)
        expect(started.server.calls.at(-1)?.target).toMatch(
          /^\/model\/arn%3Aaws%3Abedrock%3A[^/]+%2Feu\.anthropic[^/]+%3A0\/converse(-stream)?$/,
        )
      }
    },
  )
})

describe('bedrock', () => {
  it('asks the control plane for its models, not the runtime', () => {
    expect(prepare().models?.origin).toBe('https://bedrock.us-east-1.amazonaws.com')
    const fips = prepare({ baseUrl: 'https://bedrock-runtime-fips.us-east-1.amazonaws.com' })
    expect(fips.models?.origin).toBe('https://bedrock-fips.us-east-1.amazonaws.com')
  })

  it('completes the native address for OpenAI’s protocol', () => {
    const call = { model: 'm', stream: false, body: {} }
    expect(prepare({ protocol: 'openai' }).routes[0]?.path(call)).toBe('/openai/v1/chat/completions')
  })

  it.each([
    [403, { message: 'The security token included in the request is invalid.' }, 'The key may not do this'],
    [400, { message: 'The provided model identifier is invalid.' }, null],
    [429, { message: 'Too many requests, please wait before trying again.' }, 'limits how often'],
    [403, { __type: 'InvalidSignatureException', message: 'Signature expired' }, 'the node’s clock is right'],
    [
      403,
      { __type: 'UnrecognizedClientException', message: 'Invalid token' },
      'does not know the access key',
    ],
  ])('explains %i %o', (status, body, words) => {
    const explained = prepare().explain(serviceCodecOf('bedrock-converse').readFailure(status, body))
    if (words === null) expect(explained).toBeNull()
    else expect(explained).toContain(words)
  })

  it('offers no OpenAI protocol on Mantle, and says why', () => {
    const mantle = { ...options, endpoint: 'mantle' }
    expect(() => prepare({ protocol: 'openai', options: mantle })).toThrow(/Anthropic’s protocol only/)
    const openAi = bedrock.manifest.protocols.find(({ id }) => id === 'openai')
    expect(openAi?.except).toMatchObject({ when: { option: 'endpoint', in: ['mantle'] } })
  })

  it.each([
    ['native', 'runtime', 'https://h.example/model', 'leave out /model'],
    ['native', 'runtime', 'https://h.example/model/x/converse', 'leave out /model/x/converse'],
    ['native', 'runtime', 'https://h.example/openai/v1', 'leave out /openai/v1'],
    ['native', 'mantle', 'https://h.example/anthropic/v1/messages', 'leave out /anthropic/v1/messages'],
    ['openai', 'runtime', 'https://h.example/openai/v1/chat/completions', 'leave out /chat/completions'],
  ] as const)('refuses a path in place of the base: %s %s %s', (protocol, endpoint, baseUrl, message) => {
    expect(() => prepare({ protocol, baseUrl, options: { ...options, endpoint } })).toThrow(message)
  })

  it('needs a region', () => {
    expect(() => prepare({ options: { endpoint: 'runtime', auth: 'api-key' } })).toThrow(/AWS region/)
  })

  it.each([
    ['access-key', 'AKIAEXAMPLE:hushhush', '"accessKeyId" and "secretAccessKey"'],
    ['access-key', '{"accessKeyId":"AKIAEXAMPLE","secret":"hushhush"}', 'no "secretAccessKey"'],
    ['api-key', '{"accessKeyId":"AKIAEXAMPLE","secretAccessKey":"hushhush"}', 'no Bedrock API key'],
    ['api-key', 'two words hushhush', 'one word'],
  ])('refuses a key of another form, without repeating it: %s', (auth, secret, message) => {
    const { credential } = prepare({ options: { ...options, auth } })
    expect(() => credential(secret)).toThrow(message)
    expect(() => credential(secret)).not.toThrow(/hushhush/)
  })
})
