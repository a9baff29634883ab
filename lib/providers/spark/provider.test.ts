import { expect, test } from 'vitest'
import { sparkFake } from '@/e2e/fakes/providers/spark.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { spark } from './provider.ts'

describeProviderContract(spark, sparkFake)
describeRecordings(spark, import.meta.dirname)

test.each([
  [
    'https://spark-api-open.xf-yun.com',
    'openai-chat',
    'https://spark-api-open.xf-yun.com/v1/chat/completions',
  ],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(spark, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
