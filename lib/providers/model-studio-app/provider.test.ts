import { describe, expect, it } from 'vitest'
import { modelStudioAppFake } from '@/e2e/fakes/providers/model-studio-app.ts'
import { fillOptions, presetBaseUrl } from '@/lib/domain/provider-form.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { modelStudioApp } from './provider.ts'

describeProviderContract(modelStudioApp, modelStudioAppFake)

describe('model-studio-app', () => {
  const prepare = (baseUrl: string, appId = 'abc') =>
    modelStudioApp.prepare({ protocol: 'native', baseUrl, options: { appId } }, testTools)

  it('refuses a path in place of the base, and a missing application', () => {
    expect(() => prepare('https://dashscope.aliyuncs.com/api/v1/apps/abc/completion')).toThrow(
      'leave out /apps/abc/completion',
    )
    expect(() => prepare('https://dashscope.aliyuncs.com/api/v1', '')).toThrow(/application’s ID/)
  })

  it.each([
    [401, 'InvalidApiKey', 'region and workspace'],
    [403, 'AccessDenied', 'own workspace'],
    [400, 'Arrearage', 'unpaid bill'],
    [429, 'Throttling.RateQuota', 'limits how often'],
  ])('explains %i %s', (status, code, words) => {
    const body = { code, message: 'Failed.', request_id: '1' }
    const failure = serviceCodecOf('model-studio-app').readFailure(status, body)
    expect(prepare('https://dashscope.aliyuncs.com/api/v1').explain(failure)).toContain(words)
  })

  it.each([
    [{}, 'https://dashscope.aliyuncs.com/api/v1'],
    [{ region: 'ap-southeast-1' }, 'https://dashscope-intl.aliyuncs.com/api/v1'],
    [
      { region: 'workspace', workspaceId: 'ws-1a2b', workspaceRegion: 'cn-beijing' },
      'https://ws-1a2b.cn-beijing.maas.aliyuncs.com/api/v1',
    ],
    [{ region: 'workspace' }, ''],
  ])('has a base URL for %o', (options, baseUrl) => {
    const { manifest } = modelStudioApp
    expect(presetBaseUrl(manifest, 'native', fillOptions(manifest, { appId: 'abc', ...options }))).toBe(
      baseUrl,
    )
  })
})
