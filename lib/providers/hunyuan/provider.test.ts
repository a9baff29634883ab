import { describe, expect, it } from 'vitest'
import { hunyuanFake } from '@/e2e/fakes/providers/hunyuan.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import type { ProviderSettings } from '@/lib/providers/provider.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { hunyuan } from './provider.ts'

describeProviderContract(hunyuan, hunyuanFake)

function prepare(protocol: ProviderSettings['protocol'], baseUrl: string) {
  return hunyuan.prepare({ protocol, baseUrl, options: {} }, testTools)
}

describe('hunyuan', () => {
  const native = 'https://hunyuan.tencentcloudapi.com'
  const compatible = 'https://api.hunyuan.cloud.tencent.com/v1'

  it('is asked in Anthropic’s protocol beside OpenAI’s', () => {
    const { routes } = prepare('openai', compatible)
    expect(routes.map(({ format, path }) => [format, path({ model: 'm', stream: false, body: {} })])).toEqual(
      [
        ['openai-chat', '/v1/chat/completions'],
        ['openai-embeddings', '/v1/embeddings'],
        ['anthropic-messages', '/anthropic/v1/messages'],
      ],
    )
  })

  it('refuses the address of the other protocol', () => {
    expect(() => prepare('openai', native)).toThrow('speaks the native protocol only')
    expect(() => prepare('native', compatible)).toThrow('The native protocol has no path')
  })

  it.each([
    ['native', native, 'sk-hushhush', '"secretId" and "secretKey"'],
    ['native', native, '{"secretId":"AKIDx","key":"hushhush"}', 'no "secretKey"'],
    ['openai', compatible, '{"secretId":"AKIDx","secretKey":"hushhush"}', 'Write an API key'],
    ['openai', compatible, 'Bearer sk-hushhush', 'without the word Bearer'],
  ] as const)(
    'refuses a key of another form, without repeating it: %s %s %s',
    (protocol, base, secret, message) => {
      const { credential } = prepare(protocol, base)
      expect(() => credential(secret)).toThrow(message)
      expect(() => credential(secret)).not.toThrow(/hushhush/)
    },
  )

  it.each([
    ['AuthFailure.SecretIdNotFound', 'authentication', 'does not know the SecretId'],
    ['AuthFailure.SignatureExpire', 'authentication', 'clock of the gateway’s node'],
    ['FailedOperation.ServiceNotActivated', 'permission', 'not activated'],
    ['FailedOperation.ResourcePackExhausted', 'quota', 'resource pack is used up'],
    ['RequestLimitExceeded', 'rate-limit', 'limits how often'],
  ])('explains %s, which comes with status 200', (Code, kind, words) => {
    const body = { Response: { Error: { Code, Message: 'Failed.' }, RequestId: '1' } }
    const failure = serviceCodecOf('hunyuan').readFailure(200, body)
    expect(failure.kind).toBe(kind)
    expect(prepare('native', native).explain(failure)).toContain(words)
  })

  it('signs the action too, so that no request can be turned into another', async () => {
    const { routes, credential } = prepare('native', native)
    const call = { model: 'm', stream: false, body: {} }
    const signed = await credential('{"secretId":"AKIDx","secretKey":"y"}').authorize({
      method: 'POST',
      host: 'hunyuan.tencentcloudapi.com',
      path: '/',
      headers: ['content-type', 'application/json', ...(routes[0]?.headers(call) ?? [])],
      body: Buffer.from('{}'),
    })
    expect(signed.headers[1]).toContain('SignedHeaders=content-type;host;x-tc-action,')
  })

  it('asks for the pair or for the key, by protocol', () => {
    expect(
      hunyuan.manifest.credentials.map(({ protocol, fields }) => [protocol, fields.map(({ name }) => name)]),
    ).toEqual([
      ['native', ['secretId', 'secretKey']],
      ['openai', ['apiKey']],
    ])
  })
})
