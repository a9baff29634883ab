import { expect, test } from 'vitest'
import { callerCodecOf, serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { ChatConversion } from '@/lib/protocols/conversion.ts'
import { callerFormats, convertOnce, sampleOf } from './conversions.ts'

const pairs = callerFormats.flatMap((service) =>
  callerFormats.filter((caller) => caller !== service).map((caller) => [caller, service] as const),
)

test.each(pairs)('%s ← %s converts the whole sample', (caller, service) => {
  const conversion = new ChatConversion(callerCodecOf(caller), serviceCodecOf(service))
  const sample = sampleOf(service)
  const stream = conversion.stream({ requestId: 'r', model: 'm', now: 1, streamUsage: true })
  const sent = [...sample.chunks.map((chunk) => stream.push(chunk)), stream.end()]
  const text = Buffer.concat(sent.flatMap((bytes) => bytes ?? [])).toString('latin1')
  expect(stream.failure).toBeNull()
  expect(text.match(/ word \d+/g)).toHaveLength(400)
  expect(convertOnce(conversion, sample)).toBeGreaterThanOrEqual(400)
})
