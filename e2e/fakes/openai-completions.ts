import * as z from 'zod'
import { type Answer, answerTo } from './answer.ts'
import { type Exchange, sendEvents, sendJson } from './exchange.ts'
import { splitModel } from './faults.ts'
import { parseBody } from './request-body.ts'

const completionRequest = z.looseObject({
  model: z.string().min(1),
  prompt: z.union([z.string(), z.array(z.string()).min(1).max(64)]),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
})

/** `POST /v1/completions`: one choice for each prompt. */
export async function openaiCompletions(exchange: Exchange): Promise<void> {
  const body = parseBody(completionRequest, exchange.body)
  const prompts = typeof body.prompt === 'string' ? [body.prompt] : body.prompt
  const { model } = splitModel(body.model)
  const answers = prompts.map((prompt) =>
    answerTo(prompt, { model, messages: 1, maxTokens: body.max_tokens ?? null, allText: prompt }),
  )
  const head = {
    id: `cmpl-${crypto.randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
  }
  if (body.stream === true) {
    return sendEvents(exchange, toEvents(head, answers, body.stream_options?.include_usage === true))
  }
  const choices = answers.map((answer, index) => choice(index, answer.pieces.join(''), answer.finishReason))
  await sendJson(exchange, { ...head, choices, usage: usage(answers) })
}

function* toEvents(head: object, answers: readonly Answer[], includeUsage: boolean): Generator<string> {
  const empty = includeUsage ? { usage: null } : {}
  for (const [index, answer] of answers.entries()) {
    for (const piece of answer.pieces)
      yield event({ ...head, ...empty, choices: [choice(index, piece, null)] })
    yield event({ ...head, ...empty, choices: [choice(index, '', answer.finishReason)] })
  }
  const last = includeUsage ? event({ ...head, choices: [], usage: usage(answers) }) : ''
  yield `${last}data: [DONE]\n\n`
}

function choice(index: number, text: string, finish: string | null) {
  return { index, text, logprobs: null, finish_reason: finish }
}

function usage(answers: readonly Answer[]) {
  const prompt = answers.reduce((sum, answer) => sum + answer.promptTokens, 0)
  const output = answers.reduce((sum, answer) => sum + answer.pieces.length, 0)
  return { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output }
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
