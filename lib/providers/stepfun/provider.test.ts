import { expect, test } from 'vitest'
import { stepFunFake } from '@/e2e/fakes/providers/stepfun.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { stepFun } from './provider.ts'

describeProviderContract(stepFun, stepFunFake)
describeRecordings(stepFun, import.meta.dirname)

test.each([
  [
    'https://api.stepfun.com/step_plan',
    'openai-chat',
    'https://api.stepfun.com/step_plan/v1/chat/completions',
  ],
  ['https://api.stepfun.com/v1', 'openai-chat', 'https://api.stepfun.com/v1/chat/completions'],
  ['https://api.stepfun.com', 'openai-chat', 'https://api.stepfun.com/v1/chat/completions'],
  ['https://api.stepfun.com', 'anthropic-messages', 'https://api.stepfun.com/v1/messages'],
  [
    'https://api.stepfun.com/step_plan/v1',
    'anthropic-messages',
    'https://api.stepfun.com/step_plan/v1/messages',
  ],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(stepFun, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
