import { FuzzFailure, type FuzzOptions, type FuzzReport } from '@/lib/gateway/fuzz/fuzz-report.ts'
import { cut, mutate } from '@/lib/gateway/fuzz/mutate.ts'
import { SeededRandom } from '@/lib/gateway/fuzz/seeded-random.ts'
import { answerCorpus, answerTokens, chunkedCorpus, chunkedTokens } from '@/lib/gateway/fuzz/stream-corpus.ts'
import { ChunkedDecoder } from '@/lib/gateway/http1/chunked-decoder.ts'
import { UsageReader } from '@/lib/gateway/stages/observe/usage-reader.ts'

const trailerBytesMax = 1_024
/** Of longer answers the reader sees the ends only, and which bytes those are depends on the cuts. */
const keptBytes = 2_048
/** Behind the coded body, where the next request begins. */
const behind = 'GET '

/** What a parser makes of the bytes does not depend on where they were cut, and no bytes make it throw. */
function fuzzParser(
  name: string,
  { seed, goOn }: FuzzOptions,
  parser: {
    makeInput(random: SeededRandom): Buffer
    parse(pieces: readonly Buffer[]): string
    outcomeOf(result: string): string
  },
): FuzzReport {
  const random = new SeededRandom(seed)
  const outcomes: Record<string, number> = {}
  let tried = 0
  while (goOn(tried)) {
    tried += 1
    const input = parser.makeInput(random)
    const whole = parsed(parser, seed, [input])
    const pieces =
      random.chance(0.2) && input.length <= keptBytes ? singleBytes(input) : cut(random, input, 12)
    const inPieces = parsed(parser, seed, pieces)
    if (whole !== inPieces) {
      throw new FuzzFailure(`${name}: the result depends on the cuts`, seed, pieces, { whole, inPieces })
    }
    const outcome = parser.outcomeOf(whole)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return { name, tried, outcomes }
}

function parsed(
  parser: { parse(pieces: readonly Buffer[]): string },
  seed: number,
  pieces: readonly Buffer[],
): string {
  try {
    return parser.parse(pieces)
  } catch (error) {
    throw new FuzzFailure(`it threw ${String(error)}`, seed, pieces)
  }
}

function singleBytes(input: Buffer): Buffer[] {
  return Array.from(input, (byte) => Buffer.of(byte))
}

/** The decoder of chunked bodies: data, trailers and the place of the end. */
export function fuzzChunkedDecoder(options: FuzzOptions): FuzzReport {
  return fuzzParser('chunked decoder', options, {
    makeInput: (random) => {
      const coded = mutate(random, Buffer.from(random.pick(chunkedCorpus), 'latin1'), chunkedTokens)
      return Buffer.concat([coded, Buffer.from(behind)])
    },
    parse: decode,
    outcomeOf: (result) => result.slice(0, result.indexOf(':')),
  })
}

/** Refused or still waiting: how soon a fault shows does depend on the cuts, but a body with one never ends. */
const noEnd = 'no end:'

function decode(pieces: readonly Buffer[]): string {
  let data = ''
  let taken = 0
  const decoder = new ChunkedDecoder((chunk) => {
    data += chunk.toString('latin1')
  }, trailerBytesMax)
  for (const piece of pieces) {
    const end = decoder.take(piece, 0)
    if (end === -1) return noEnd
    taken += end
    if (decoder.isDone) return `whole: ${JSON.stringify([taken, data, decoder.trailers])}`
  }
  return noEnd
}

/** The reader of token usage: streams and whole answers, long ones too. */
export function fuzzUsageReader(options: FuzzOptions): FuzzReport {
  return fuzzParser('usage reader', options, {
    makeInput: (random) => {
      let text = random.pick(answerCorpus)
      while (random.chance(0.3)) text += random.pick(answerCorpus)
      return mutate(random, Buffer.from(text, 'utf8'), answerTokens)
    },
    parse: (pieces) => {
      const reader = new UsageReader()
      for (const piece of pieces) reader.push(piece)
      const { input, output } = reader.read()
      if (pieces.reduce((sum, piece) => sum + piece.length, 0) > keptBytes) return 'long:'
      return `${input === null && output === null ? 'unknown' : 'read'}: ${input} ${output}`
    },
    outcomeOf: (result) => result.slice(0, result.indexOf(':')),
  })
}
