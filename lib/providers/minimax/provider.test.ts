import { expect, test } from 'vitest'
import { miniMaxFake } from '@/e2e/fakes/providers/minimax.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { chatRequest } from '@/lib/providers/testing/contract-requests.ts'
import { startContractService } from '@/lib/providers/testing/contract-service.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { miniMax } from './provider.ts'

describeProviderContract(miniMax, miniMaxFake)
describeRecordings(miniMax, import.meta.dirname)

test.each([
  ['https://api.minimaxi.com/v1', 'openai-chat', 'https://api.minimaxi.com/v1/chat/completions'],
  ['https://api.minimaxi.com/v1', 'anthropic-messages', 'https://api.minimaxi.com/anthropic/v1/messages'],
  ['https://api.minimax.io/v1', 'anthropic-messages', 'https://api.minimax.io/anthropic/v1/messages'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(miniMax, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})

test('asks for reasoning beside the answer, unless the caller or the service decides', () => {
  const settings = { protocol: 'openai', baseUrl: 'https://api.minimaxi.com/v1' } as const
  const prepared = (options: Record<string, string>) =>
    miniMax.prepare({ ...settings, options }, testTools).routes[0]
  const split = (body: JsonObject) => {
    prepared({ reasoningSplit: 'true' })?.prepareBody?.({ model: 'MiniMax-M2', stream: false, body })
    return body['reasoning_split']
  }
  expect(split({})).toBe(true)
  expect(split({ reasoning_split: false })).toBe(false)
  expect(prepared({ reasoningSplit: 'false' })?.prepareBody).toBeNull()
})

test('has its reasoning read as reasoning', async () => {
  const [service] = miniMaxFake.services
  if (service === undefined) throw new Error('The fake has no service.')
  const started = await startContractService(miniMax, miniMaxFake, service)
  try {
    for (const stream of [false, true]) {
      const answer = await started.chat('openai-chat', chatRequest('MiniMax-M2', { stream }))
      expect(answer.reasoning).toBe('The caller asks for a word.')
      expect(answer.text).not.toContain('<think>')
    }
  } finally {
    await started.server.close()
  }
})
