import { describe, expect, test } from 'vitest'
import { fuzzAnswerReading } from '@/lib/gateway/fuzz/fuzz-answer-reading.ts'
import { fuzzGateway } from '@/lib/gateway/fuzz/fuzz-gateway.ts'
import { fuzzRequestReading } from '@/lib/gateway/fuzz/fuzz-request-reading.ts'
import { fuzzChunkedDecoder, fuzzUsageReader } from '@/lib/gateway/fuzz/fuzz-stream-parsers.ts'

const inputs = (max: number) => ({ seed: 1, goOn: (tried: number) => tried < max })

describe('Mutated bytes', () => {
  test('are never accepted as a request that llhttp refuses, nor read differently', async () => {
    const { outcomes } = await fuzzRequestReading(inputs(3_000))
    expect(outcomes['accepted']).toBeGreaterThan(600)
    expect(outcomes['refused by both']).toBeGreaterThan(600)
  })

  test('are never accepted as an answer that llhttp refuses, nor read differently', async () => {
    const { outcomes } = await fuzzAnswerReading(inputs(2_000))
    expect(outcomes['accepted']).toBeGreaterThan(300)
    expect(outcomes['refused by both']).toBeGreaterThan(600)
  })

  test('decode to the same chunked body wherever they are cut', () => {
    const { outcomes } = fuzzChunkedDecoder(inputs(4_000))
    expect(outcomes['whole']).toBeGreaterThan(600)
    expect(outcomes['no end']).toBeGreaterThan(1_000)
  })

  test('tell the same usage wherever they are cut', () => {
    const { outcomes } = fuzzUsageReader(inputs(2_000))
    expect(outcomes['read']).toBeGreaterThan(500)
  })

  test('get valid answers from a gateway or none, and leave nothing behind', async () => {
    const { outcomes } = await fuzzGateway(inputs(800))
    expect(outcomes['200']).toBeGreaterThan(30)
    expect(outcomes['400']).toBeGreaterThan(30)
  })
})
