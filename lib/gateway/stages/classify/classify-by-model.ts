import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import type { ModelClassifier } from '@/lib/gateway/runtime/model-classifier.ts'
import { intentTextOf } from '@/lib/gateway/runtime/routing/intent-text.ts'
import type { RouteQuestion } from '@/lib/gateway/runtime/routing/model-router.ts'
import { askingFor, askService } from '@/lib/gateway/stages/ask-service/ask-service.ts'
import { whileCallerWaits } from '@/lib/gateway/stages/ask-service/while-caller-waits.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import { intentQuestion } from '@/lib/intents/by-model/intent-question.ts'
import { readIntent } from '@/lib/intents/by-model/read-intent.ts'

/** Asks the model what a request is about. Never rejects, and delays nothing for longer than its time. */
export async function classifyByModel(
  classifier: ModelClassifier,
  { body, format }: Pick<RouteQuestion, 'body' | 'format'>,
  call: ApiCall,
): Promise<ToldIntent> {
  const text = intentTextOf(body, format)
  if (text.trim() === '') return { intent: null, problem: null }
  const { asked, instructions, model, timeoutMs, names } = classifier
  const leaving = new AbortController()
  const question = intentQuestion(instructions, model, text)
  const { signal } = leaving
  const answer = await whileCallerWaits(
    call.observation.exchange,
    () => leaving.abort(),
    () => askService(asked, question, timeoutMs, askingFor(call, signal)),
  )
  switch (answer.kind) {
    case 'answered': {
      const intent = readIntent(answer.body, names)
      return { intent, problem: intent === null ? 'classifier_unclear' : null }
    }
    case 'late':
      return { intent: null, problem: 'classifier_timed_out' }
    case 'busy':
      return { intent: null, problem: 'classifier_busy' }
    case 'left':
    case 'failed':
      return { intent: null, problem: 'classifier_failed' }
  }
}
