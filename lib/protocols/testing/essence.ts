import type { ChatReply, ChatRequest, Part, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'

/** What a request means, without where its messages begin, how its calls are named or in which parts its text came. */
export function requestEssence(request: ChatRequest): unknown {
  const calls = new Map<string, number>()
  const atoms: Array<Record<string, unknown>> = []
  const system: unknown[] = []
  for (const { role, parts } of request.messages) {
    for (const part of parts) {
      if (part.type === 'text' && part.text === '') continue
      if (part.type === 'tool-call') calls.set(part.id, calls.size)
      const atom = { role, ...partEssence(part, calls) }
      if (role === 'system') system.push(atom)
      else if (!isGoneOn(atoms.at(-1), atom)) atoms.push(atom)
    }
  }
  const { toolChoice, parallelToolCalls } = request
  return {
    ...request,
    messages: [...system, ...atoms],
    // Tools are chosen freely where nothing else is said.
    toolChoice: toolChoice?.type === 'auto' ? null : toolChoice,
    parallelToolCalls: toolChoice?.type === 'none' ? null : parallelToolCalls,
  }
}

/** One text in two parts says the same as in one. */
function isGoneOn(last: Record<string, unknown> | undefined, atom: Record<string, unknown>): boolean {
  const isText = last?.['type'] === 'text' && atom['type'] === 'text' && last['role'] === atom['role']
  if (!isText || last['cached'] !== undefined || atom['cached'] !== undefined) return false
  last['text'] = `${last['text']}${atom['text']}`
  return true
}

function partEssence(part: Part, calls: ReadonlyMap<string, number>): Record<string, unknown> {
  switch (part.type) {
    case 'tool-call':
      return { ...part, id: calls.get(part.id), arguments: JSON.parse(part.arguments) }
    case 'tool-result':
      return { ...part, callId: calls.get(part.callId), name: null }
    default:
      return { ...part }
  }
}

export interface AnswerEssence {
  readonly choices: Readonly<Record<number, ChoiceEssence>>
  readonly usage: unknown
  readonly failure: unknown
}
interface ChoiceEssence {
  text: string
  reasoning: string
  signatures: string[]
  redacted: string[]
  refusal: string
  calls: Array<{ name: string; arguments: string }>
  stop: unknown
}

/** What a stream told in the end, however it was cut into events. */
export function streamEssence(events: readonly StreamEvent[]): AnswerEssence {
  const choices: Record<number, ChoiceEssence> = {}
  let usage: Usage | null = null
  let failure: unknown = null
  for (const event of events) {
    if (event.type === 'usage') usage = event.usage
    else if (event.type === 'error') failure = { kind: event.failure.kind, message: event.failure.message }
    else if ('choice' in event) {
      const choice = choices[event.choice] ?? nothingSaid()
      choices[event.choice] = choice
      addToChoice(choice, event)
    }
  }
  return { choices, usage: usageEssence(usage), failure }
}

export function replyEssence(reply: ChatReply): AnswerEssence {
  const choices: Record<number, ChoiceEssence> = {}
  for (const { index, parts, stop } of reply.choices) {
    const choice = nothingSaid()
    for (const part of parts) addPart(choice, part)
    choices[index] = { ...choice, stop }
  }
  return { choices, usage: usageEssence(reply.usage), failure: null }
}

function nothingSaid(): ChoiceEssence {
  return { text: '', reasoning: '', signatures: [], redacted: [], refusal: '', calls: [], stop: null }
}

function addToChoice(choice: ChoiceEssence, event: StreamEvent & { choice: number }): void {
  switch (event.type) {
    case 'text':
      choice.text += event.text
      break
    case 'reasoning':
      choice.reasoning += event.text
      break
    case 'reasoning-signature':
      choice.signatures.push(event.signature)
      break
    case 'redacted-reasoning':
      choice.redacted.push(event.data)
      break
    case 'refusal':
      choice.refusal += event.text
      break
    case 'tool-call':
      choice.calls[event.index] = { name: event.name, arguments: '' }
      break
    case 'tool-arguments': {
      const call = choice.calls[event.index]
      if (call === undefined) throw new Error('Arguments came before their call.')
      call.arguments += event.text
      break
    }
    case 'stop':
      choice.stop = event.stop
  }
}

function addPart(choice: ChoiceEssence, part: Part): void {
  switch (part.type) {
    case 'text':
      choice.text += part.text
      break
    case 'reasoning':
      choice.reasoning += part.text
      if (part.signature !== null) choice.signatures.push(part.signature)
      break
    case 'redacted-reasoning':
      choice.redacted.push(part.data)
      break
    case 'refusal':
      choice.refusal += part.text
      break
    case 'tool-call':
      choice.calls.push({ name: part.name, arguments: part.arguments })
  }
}

/** The same calls, however their JSON is written. */
export function withParsedArguments(answer: AnswerEssence): unknown {
  const choices = Object.entries(answer.choices).map(([index, choice]) => [
    index,
    {
      ...choice,
      calls: choice.calls.map((call) => ({ ...call, arguments: JSON.parse(call.arguments || '{}') })),
    },
  ])
  return { ...answer, choices: Object.fromEntries(choices) }
}

/** None and nothing told count the same. */
function usageEssence(usage: Usage | null): unknown {
  if (usage === null) return null
  return Object.fromEntries(Object.entries(usage).map(([name, tokens]) => [name, tokens ?? 0]))
}
