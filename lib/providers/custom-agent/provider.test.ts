import { expect, it } from 'vitest'
import { customAgentFake } from '@/e2e/fakes/providers/custom-agent.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { customAgent } from './provider.ts'

describeProviderContract(customAgent, customAgentFake)

it('may be asked without a key', () => {
  expect(customAgent.manifest).toMatchObject({ takesKeys: true, keysOptional: true })
})
