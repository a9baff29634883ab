import * as z from 'zod'
import type { DebugCall } from './debug-caller.ts'
import { answeringAttempt, failureOf } from './debug-run.ts'
import { type ChatMessage, debugSettings, defaultSettings } from './debug-settings.ts'

const failure = z.object({
  status: z.number(),
  code: z.string().nullable(),
  source: z.enum(['client', 'gateway', 'upstream']).nullable(),
  message: z.string().nullable(),
  isBroken: z.boolean(),
  retryAfter: z.string().nullable(),
})

const debugAnswer = z.object({
  text: z.string(),
  reasoning: z.string(),
  toolCalls: z.array(z.object({ name: z.string(), arguments: z.string() })),
  /** Who answered; null: nobody was asked. */
  service: z.string().nullable(),
  failure: failure.nullable(),
  isStopped: z.boolean(),
  /** The console itself did not do it. */
  error: z.string().nullable(),
  requestId: z.string().nullable(),
})
export type DebugAnswer = z.infer<typeof debugAnswer>

const debugTurn = z.object({
  id: z.number(),
  question: z.string(),
  model: z.string(),
  /** Null: it is being answered. */
  answer: debugAnswer.nullable(),
})
export type DebugTurn = z.infer<typeof debugTurn>

/** What a tab remembers of one API. */
export const debugMemory = z.object({ settings: debugSettings, turns: z.array(debugTurn) })
export type DebugMemory = z.infer<typeof debugMemory>

export const noMemory: DebugMemory = { settings: defaultSettings, turns: [] }

const turnsMax = 50
/** Of all that is remembered, in characters. */
const charactersMax = 512 * 1024

/** The last turns that fit, as text; questions that nobody has answered are left out. */
export function writeMemory({ settings, turns }: DebugMemory): string {
  let kept = turns.filter(({ answer }) => answer !== null).slice(-turnsMax)
  let text = JSON.stringify({ settings, turns: kept })
  while (text.length > charactersMax && kept.length > 0) {
    kept = kept.slice(Math.ceil(kept.length / 4))
    text = JSON.stringify({ settings, turns: kept })
  }
  return text
}

export function readMemory(text: string | null): DebugMemory {
  if (text === null) return noMemory
  try {
    return debugMemory.catch(noMemory).parse(JSON.parse(text))
  } catch {
    return noMemory
  }
}

export function answerOf({ run, state, error }: DebugCall, explain: (error: unknown) => string): DebugAnswer {
  const { text, reasoning, toolCalls } = run.content
  return {
    text,
    reasoning,
    toolCalls: [...toolCalls],
    service: answeringAttempt(run)?.service.name ?? null,
    failure: failureOf(run),
    isStopped: state === 'stopped',
    error: error === null ? null : explain(error),
    requestId: run.requestId,
  }
}

/** What a model is told of a conversation: turns that nothing was said in are left out. */
export function messagesOf(turns: readonly DebugTurn[], question: string): ChatMessage[] {
  const told = turns.flatMap(({ question: asked, answer }): ChatMessage[] =>
    answer === null || answer.text === ''
      ? []
      : [
          { role: 'user', content: asked },
          { role: 'assistant', content: answer.text },
        ],
  )
  return [...told, { role: 'user', content: question }]
}
