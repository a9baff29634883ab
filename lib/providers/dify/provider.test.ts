import { afterEach, describe, expect, it } from 'vitest'
import { difyAgentKey, difyFake } from '@/e2e/fakes/providers/dify.ts'
import { serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { chatRequest, prompt } from '@/lib/providers/testing/contract-requests.ts'
import { type ContractService, startContractService } from '@/lib/providers/testing/contract-service.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { dify } from './provider.ts'

describeProviderContract(dify, difyFake)

describe('dify', () => {
  let started: ContractService | null = null
  afterEach(() => started?.server.close())

  it('streams what an agent says, and explains that it answers nothing else', async () => {
    const [chat] = difyFake.services
    if (chat === undefined) throw new Error('The fake has no chat.')
    started = await startContractService(dify, difyFake, { ...chat, key: difyAgentKey })
    const { text } = await started.chat('dify-chat', chatRequest('', { stream: true }))
    expect(text).toContain(prompt)
    const refused = started.failure('dify-chat', await started.ask('dify-chat', chatRequest('')))
    expect(refused).toMatchObject({ kind: 'invalid-request', status: 400 })
    expect(started.prepared.explain(refused)).toMatch(/An agent answers streams only/)
  })

  it.each(['https://api.dify.ai/v1/chat-messages', 'https://api.dify.ai/v1/workflows/run'])(
    'refuses a path in place of the base: %s',
    (baseUrl) => {
      expect(() => dify.prepare({ protocol: 'native', baseUrl, options: {} }, testTools)).toThrow(/leave out/)
    },
  )

  it.each([
    [401, 'unauthorized', 'Access token is invalid', 'refuses the key'],
    [400, 'not_workflow_app', 'Please check if your app mode matches', 'Choose the application type Agent'],
    [400, 'provider_quota_exceeded', 'Your quota has been exhausted', 'quota of the model'],
    [400, 'app_unavailable', 'App unavailable', 'not published'],
  ])('explains %i %s', (status, code, message, words) => {
    const settings = { protocol: 'native' as const, baseUrl: 'https://api.dify.ai/v1', options: {} }
    const failure = serviceCodecOf('dify-chat').readFailure(status, { code, message, status })
    expect(dify.prepare(settings, testTools).explain(failure)).toContain(words)
  })

  it('leaves the body alone where the workflow’s variable has the usual name', () => {
    const options = { application: 'workflow', inputVariable: 'query' }
    const settings = { protocol: 'native' as const, baseUrl: 'https://api.dify.ai/v1', options }
    expect(dify.prepare(settings, testTools).routes[0]?.prepareBody).toBeNull()
  })
})
