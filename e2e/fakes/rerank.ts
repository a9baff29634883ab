import * as z from 'zod'
import { split } from './answer.ts'
import { type Exchange, sendJson } from './exchange.ts'
import { parseBody } from './request-body.ts'
import { cosine, vectorOf } from './vector.ts'

const rerankRequest = z.looseObject({
  model: z.string().min(1),
  query: z.string().min(1),
  documents: z.array(z.string()).min(1).max(1000),
  top_n: z.int().min(0).nullish(),
})

/** `POST /v1/rerank` in vLLM's shape: best document first, scores from 0 to 1. */
export async function rerank(exchange: Exchange): Promise<void> {
  const body = parseBody(rerankRequest, exchange.body)
  const query = vectorOf(body.query, 256)
  const results = body.documents
    .map((text, index) => ({
      index,
      document: { text, multi_modal: null },
      relevance_score: Math.max(0, cosine(query, vectorOf(text, 256))),
    }))
    .sort((left, right) => right.relevance_score - left.relevance_score || left.index - right.index)
  const limit = body.top_n ?? 0
  const count = [body.query, ...body.documents].reduce((sum, text) => sum + split(text).length, 0)
  await sendJson(exchange, {
    id: `rerank-${crypto.randomUUID()}`,
    model: body.model,
    usage: { prompt_tokens: count, total_tokens: count },
    results: limit > 0 ? results.slice(0, limit) : results,
  })
}
