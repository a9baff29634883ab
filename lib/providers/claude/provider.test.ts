import { describe, expect, it } from 'vitest'
import { claudeFake } from '@/e2e/fakes/providers/claude.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { claude } from './provider.ts'

describeProviderContract(claude, claudeFake)

describe('claude', () => {
  const prepare = (oauth: string, baseUrl = 'https://api.anthropic.com') =>
    claude.prepare({ protocol: 'native', baseUrl, options: { oauth } }, testTools)
  const call = { model: 'm', stream: false, body: {} }

  it.each(['https://api.anthropic.com', 'https://api.anthropic.com/', 'https://api.anthropic.com/v1'])(
    'asks /v1/messages below %s',
    (baseUrl) => {
      expect(prepare('false', baseUrl).routes[0]?.path(call)).toBe('/v1/messages')
    },
  )

  it('refuses a path in place of the base', () => {
    expect(() => prepare('false', 'https://api.anthropic.com/v1/messages')).toThrow('leave out /messages')
  })

  it('tells API keys and OAuth tokens apart, without repeating them', () => {
    expect(() => prepare('false').credential('sk-ant-oat01-secret')).toThrow(/OAuth token, not an API key/)
    expect(() => prepare('true').credential('sk-ant-api03-secret')).toThrow(/API key, not an OAuth token/)
    expect(() => prepare('true').credential('sk-ant-api03-secret')).not.toThrow(/secret/)
  })

  it('sends an OAuth token as what it is, and nothing that names another client', () => {
    const { routes, credential } = prepare('true')
    const sent = credential('sk-ant-oat01-t').authorize({
      method: 'POST',
      host: 'api.anthropic.com',
      path: '/v1/messages',
      headers: [],
      body: null,
    })
    expect(sent).toEqual({
      headers: ['authorization', 'Bearer sk-ant-oat01-t'],
      query: '',
    })
    expect(routes[0]?.headers(call)).toEqual([
      'anthropic-version',
      '2023-06-01',
      'anthropic-beta',
      'oauth-2025-04-20',
    ])
    expect(routes[0]?.prepareBody).toBeNull()
  })

  it.each([
    [401, 'authentication_error', 'invalid x-api-key', 'refuses the key'],
    [404, 'not_found_error', 'model: claude-9', 'does not know the model'],
    [429, 'rate_limit_error', 'This request would exceed your rate limit', 'limits how often'],
    [529, 'overloaded_error', 'Overloaded', 'is overloaded'],
  ])('explains %i %s', (status, type, message, words) => {
    const body = { type: 'error', error: { type, message }, request_id: 'req_1' }
    const failure = serviceCodecOf('anthropic-messages').readFailure(status, body)
    expect(prepare('false').explain(failure)).toContain(words)
  })

  it('has OAuth tokens off by default and behind a warning', () => {
    const option = claude.manifest.options.find(({ name }) => name === 'oauth')
    expect(option).toMatchObject({
      default: 'false',
      warning: { en: expect.stringMatching(/terms may forbid/) },
    })
  })
})
