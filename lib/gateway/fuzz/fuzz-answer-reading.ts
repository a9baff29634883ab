import { upstreamAnswerCorpus, upstreamAnswerTokens } from '@/lib/gateway/fuzz/answer-corpus.ts'
import { FuzzFailure, type FuzzOptions, type FuzzReport } from '@/lib/gateway/fuzz/fuzz-report.ts'
import { cut, mutate } from '@/lib/gateway/fuzz/mutate.ts'
import { type ReadAnswer, readByLlhttp, readByOurs } from '@/lib/gateway/fuzz/read-answers.ts'
import { SeededRandom } from '@/lib/gateway/fuzz/seeded-random.ts'

/**
 * The same bytes of an instance through our reader and through llhttp: ours may refuse more, but never takes for
 * whole what llhttp refuses, and where both take it they agree on status, fields, body and trailers.
 */
export async function fuzzAnswerReading({ seed, goOn }: FuzzOptions): Promise<FuzzReport> {
  const random = new SeededRandom(seed)
  const outcomes = { accepted: 0, 'refused by both': 0, 'refused by ours only': 0 }
  let tried = 0
  while (goOn(tried)) {
    tried += 1
    const text = random.pick(upstreamAnswerCorpus)
    const input = mutate(random, Buffer.from(text, 'latin1'), upstreamAnswerTokens)
    const pieces = random.chance(0.5) ? [input] : cut(random, input, 8)
    const [ours, llhttp] = await Promise.all([readByOurs(pieces), readByLlhttp(pieces)])
    const disagreement = disagreementOf(ours, llhttp)
    if (disagreement !== null) throw new FuzzFailure(disagreement, seed, pieces, { ours, llhttp })
    if (ours.isWhole) outcomes.accepted += 1
    else outcomes[llhttp.isWhole ? 'refused by ours only' : 'refused by both'] += 1
  }
  return { name: 'answer reading', tried, outcomes }
}

function disagreementOf(ours: ReadAnswer, llhttp: ReadAnswer): string | null {
  if (!ours.isWhole) return null
  // undici waits for a body where these must have none, whatever length they tell (RFC 9112 §6.3).
  if (ours.status === 304 || ours.status === 204) return ours.body === '' ? null : 'a body came from nowhere'
  if (!llhttp.isWhole) return 'an answer was taken for whole that llhttp refuses'
  for (const part of ['status', 'fields', 'body'] as const) {
    if (JSON.stringify(ours[part]) !== JSON.stringify(llhttp[part])) return `the ${part} was read differently`
  }
  return ours.trailers.every((text) => llhttp.trailers.includes(text)) ? null : 'a trailer was made up'
}
