import { FuzzFailure, type FuzzOptions, type FuzzReport } from '@/lib/gateway/fuzz/fuzz-report.ts'
import { cut, mutate } from '@/lib/gateway/fuzz/mutate.ts'
import { llhttpReader, ourReader, type ReadRequest } from '@/lib/gateway/fuzz/read-requests.ts'
import { requestCorpus, requestTokens } from '@/lib/gateway/fuzz/request-corpus.ts'
import { SeededRandom } from '@/lib/gateway/fuzz/seeded-random.ts'

/**
 * The same bytes through our reader and through llhttp. Ours may refuse more, but never accepts what llhttp
 * refuses, and where both accept they agree on every request and on where it ends.
 */
export async function fuzzRequestReading({ seed, goOn }: FuzzOptions): Promise<FuzzReport> {
  const random = new SeededRandom(seed)
  const ours = ourReader()
  const theirs = llhttpReader()
  const outcomes = { accepted: 0, 'refused by both': 0, 'refused by ours only': 0 }
  let tried = 0
  while (goOn(tried)) {
    tried += 1
    const input = makeInput(random)
    const pieces = random.chance(0.5) ? [input] : cut(random, input, 8)
    const read = await ours.read(pieces)
    const expected = await theirs.read(pieces)
    const disagreement = firstDisagreement(read, expected)
    if (disagreement !== null) {
      throw new FuzzFailure(disagreement, seed, pieces, { ours: read, llhttp: expected })
    }
    const wholeHere = read.filter(isWhole).length
    const wholeThere = expected.filter(isWhole).length
    if (wholeHere < wholeThere) outcomes['refused by ours only'] += 1
    else if (wholeHere > 0) outcomes.accepted += 1
    else outcomes['refused by both'] += 1
  }
  ours.close()
  theirs.close()
  return { name: 'request reading', tried, outcomes }
}

function makeInput(random: SeededRandom): Buffer {
  let text = random.pick(requestCorpus)
  while (random.chance(0.3)) text += random.pick(requestCorpus)
  return mutate(random, Buffer.from(text, 'latin1'), requestTokens)
}

function isWhole(request: ReadRequest): boolean {
  return request.isWhole
}

function firstDisagreement(ours: readonly ReadRequest[], llhttp: readonly ReadRequest[]): string | null {
  for (const [index, mine] of ours.entries()) {
    const other = llhttp[index]
    if (other === undefined) return `request ${index} was accepted, llhttp refuses it`
    if (headOf(mine) !== headOf(other)) return `the head of request ${index} was read differently`
    if (!mine.isWhole) continue
    if (!other.isWhole) return `request ${index} ended where llhttp sees no end`
    if (mine.body !== other.body) return `the body of request ${index} was read differently`
    if (!isWithin(mine.trailers, other.trailers))
      return `request ${index} has trailers that llhttp does not see`
    if (asksForUpgrade(mine)) return null
  }
  return null
}

/** node reads nothing behind a request that asks for an upgrade; we may ignore the wish and go on (RFC 9110 §7.8). */
function asksForUpgrade({ headers }: ReadRequest): boolean {
  return headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'upgrade')
}

function headOf({ method, target, version, headers }: ReadRequest): string {
  return JSON.stringify([method, target, version, headers])
}

/** Trailers may be left out, but neither added, changed nor moved. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let from = 0
  for (let index = 0; index + 1 < some.length; index += 2) {
    while (from + 1 < all.length && (all[from] !== some[index] || all[from + 1] !== some[index + 1]))
      from += 2
    if (from + 1 >= all.length) return false
    from += 2
  }
  return true
}
