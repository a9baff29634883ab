import { parseArgs } from 'node:util'
import { fuzzAnswerReading } from '@/lib/gateway/fuzz/fuzz-answer-reading.ts'
import { fuzzGateway } from '@/lib/gateway/fuzz/fuzz-gateway.ts'
import type { FuzzOptions, FuzzReport } from '@/lib/gateway/fuzz/fuzz-report.ts'
import { fuzzRequestReading } from '@/lib/gateway/fuzz/fuzz-request-reading.ts'
import { fuzzChunkedDecoder, fuzzUsageReader } from '@/lib/gateway/fuzz/fuzz-stream-parsers.ts'

type Fuzzer = (options: FuzzOptions) => FuzzReport | Promise<FuzzReport>

const fuzzers: readonly Fuzzer[] = [
  fuzzRequestReading,
  fuzzAnswerReading,
  fuzzChunkedDecoder,
  fuzzUsageReader,
  fuzzGateway,
]
const secondsDefault = 60

/** Gives each fuzzer its share of the time and prints what it tried. Rejects with the first failure. */
export async function runFuzzers(args: readonly string[], print: (line: string) => void): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { seconds: { type: 'string' }, seed: { type: 'string' } },
  })
  const seconds = Number(values.seconds ?? secondsDefault)
  const seed = Number(values.seed ?? Date.now() % 2 ** 32)
  if (!(seconds > 0) || !Number.isInteger(seed)) throw new Error('--seconds and --seed take numbers.')
  print(`seed ${seed}, ${seconds} s`)
  for (const fuzz of fuzzers) {
    const endsAt = performance.now() + (seconds * 1000) / fuzzers.length
    const { name, tried, outcomes } = await fuzz({ seed, goOn: () => performance.now() < endsAt })
    print(`${name}: ${tried} inputs, ${JSON.stringify(outcomes)}`)
  }
}
