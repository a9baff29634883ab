import * as fc from 'fast-check'
import type { ChatRequest, Message, Part, Tool, ToolCallPart } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import type { RequestFeature } from './carried.ts'

/** A conversation that every format allows but for what it loses: each call is answered before it goes on. */
export function arbitraryRequest(loses: ReadonlySet<RequestFeature>): fc.Arbitrary<ChatRequest> {
  const has = (feature: RequestFeature) => !loses.has(feature)
  const unless = <T>(feature: RequestFeature, value: fc.Arbitrary<T>) =>
    has(feature) ? fc.option(value) : fc.constant(null)
  const tools = has('tools')
    ? fc.uniqueArray(arbitraryTool(has), { selector: ({ name }) => name, maxLength: 3 })
    : fc.constant([])
  return tools.chain((offered) =>
    fc.record({
      model: fc.constantFrom('model-a', 'model-b'),
      messages: arbitraryConversation(offered, has),
      tools: fc.constant(offered),
      toolChoice:
        has('tool_choice') && offered.length > 0
          ? fc.option(arbitraryToolChoice(offered))
          : fc.constant(null),
      parallelToolCalls:
        offered.length > 0 ? unless('parallel_tool_calls', fc.constant(false)) : fc.constant(null),
      maxTokens: has('max_tokens') ? fc.integer({ min: 2048, max: 8192 }) : fc.constant(null),
      temperature: unless('temperature', fc.constantFrom(0, 0.25, 1)),
      topP: unless('top_p', fc.constantFrom(0.5, 0.75, 1)),
      topK: unless('top_k', fc.integer({ min: 1, max: 100 })),
      presencePenalty: unless('presence_penalty', fc.constantFrom(-1, 0.5)),
      frequencyPenalty: unless('frequency_penalty', fc.constantFrom(-1, 0.5)),
      seed: unless('seed', fc.nat()),
      stop: has('stop')
        ? fc.uniqueArray(fc.constantFrom('END', '###', 'STOP'), { maxLength: 3 })
        : fc.constant([]),
      choices: unless('n', fc.integer({ min: 2, max: 4 })),
      // Asking for a schema while tools are offered is a matter of its own, which codecs test apart.
      responseFormat: offered.length > 0 ? fc.constant(null) : arbitraryResponseFormat(has),
      // Some models refuse samplers and forced tools while they think.
      reasoning: fc.constant(null),
      user: unless('user', fc.constantFrom('user-1', 'user-2')),
      stream: fc.boolean(),
      streamUsage: fc.constant(true),
    }),
  )
}

/** Some word of any writing, never only spaces. */
export const arbitraryText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => `"${text}"`)
const arbitraryBase64 = fc
  .uint8Array({ minLength: 3, maxLength: 12 })
  .map((bytes) => Buffer.from(bytes).toString('base64'))

type Has = (feature: RequestFeature) => boolean

function arbitraryTool(has: Has): fc.Arbitrary<Tool> {
  return fc.record({
    name: fc.constantFrom('get_weather', 'search', 'run-code', 'f'),
    description: fc.option(arbitraryText),
    parameters: fc.constantFrom<JsonObject>(
      { type: 'object', properties: {} },
      { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    ),
    strict: has('tools.strict') ? fc.option(fc.constant(true)) : fc.constant(null),
  })
}

function arbitraryToolChoice(tools: readonly Tool[]): fc.Arbitrary<NonNullable<ChatRequest['toolChoice']>> {
  return fc.oneof(
    fc.constantFrom({ type: 'auto' as const }, { type: 'none' as const }, { type: 'required' as const }),
    fc.constantFrom(...tools).map(({ name }) => ({ type: 'tool' as const, name })),
  )
}

function arbitraryResponseFormat(has: Has): fc.Arbitrary<ChatRequest['responseFormat']> {
  const formats: NonNullable<ChatRequest['responseFormat']>[] = []
  if (has('response_format.json')) formats.push({ type: 'json' })
  if (has('response_format.json-schema')) {
    const schema = { type: 'object', properties: { a: { type: 'string' } } }
    formats.push({ type: 'json-schema', name: 'response', schema, strict: null })
  }
  return formats.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...formats))
}

function arbitraryConversation(tools: readonly Tool[], has: Has): fc.Arbitrary<Message[]> {
  const system = has('system') ? fc.option(arbitraryText) : fc.constant(null)
  const turns = has('history')
    ? fc.array(fc.tuple(arbitraryUser(has), arbitraryAssistant(tools, has)), { maxLength: 3 })
    : fc.constant([])
  return fc.tuple(system, turns, arbitraryUser(has)).map(([instruction, exchanges, last]) => {
    const messages: Message[] =
      instruction === null ? [] : [{ role: 'system', parts: [{ type: 'text', text: instruction }] }]
    let calls = 0
    for (const [user, answer] of exchanges) {
      messages.push(user, {
        role: 'assistant',
        parts: answer.parts.map((part) =>
          part.type === 'tool-call' ? { ...part, id: `call_${calls++}` } : part,
        ),
      })
      const open =
        messages.at(-1)?.parts.filter((part): part is ToolCallPart => part.type === 'tool-call') ?? []
      if (open.length > 0) messages.push(toolMessage(open, answer.isError && has('tool-result.error')))
    }
    return [...messages, last]
  })
}

function toolMessage(calls: readonly ToolCallPart[], isError: boolean): Message {
  return {
    role: 'tool',
    parts: calls.map(({ id, name }) => ({
      type: 'tool-result',
      callId: id,
      name,
      parts: [{ type: 'text', text: `result of ${id}` }],
      isError,
    })),
  }
}

function arbitraryUser(has: Has): fc.Arbitrary<Message> {
  const parts: fc.Arbitrary<Part>[] = [arbitraryText.map((text) => ({ type: 'text', text }))]
  if (has('cached')) parts.push(arbitraryText.map((text) => ({ type: 'text', text, cached: true })))
  if (has('image.data')) {
    parts.push(
      arbitraryBase64.map((data) => ({
        type: 'image',
        source: { kind: 'data', mediaType: 'image/png', data },
        detail: null,
      })),
    )
  }
  if (has('image.url')) {
    parts.push(
      fc.constant({
        type: 'image',
        source: { kind: 'url', url: 'https://images.example/a.png' },
        detail: null,
      }),
    )
  }
  if (has('image.detail') && has('image.url')) {
    parts.push(
      fc.constant({
        type: 'image',
        source: { kind: 'url', url: 'https://images.example/b.png' },
        detail: 'low',
      }),
    )
  }
  if (has('file.data')) {
    const name = has('file.name') ? 'a.pdf' : null
    parts.push(
      arbitraryBase64.map((data) => ({
        type: 'file',
        source: { kind: 'data', mediaType: 'application/pdf', data },
        name,
      })),
    )
  }
  if (has('audio')) {
    parts.push(
      arbitraryBase64.map((data) => ({
        type: 'audio',
        source: { kind: 'data', mediaType: 'audio/wav', data },
      })),
    )
  }
  return fc
    .array(fc.oneof(...parts), { minLength: 1, maxLength: 3 })
    .map((list) => ({ role: 'user', parts: list }))
}

function arbitraryAssistant(
  tools: readonly Tool[],
  has: Has,
): fc.Arbitrary<{ parts: Part[]; isError: boolean }> {
  const reasoning: fc.Arbitrary<Part>[] = []
  if (has('reasoning-part.signed')) {
    reasoning.push(arbitraryText.map((text) => ({ type: 'reasoning', text, signature: 'c2lnbmF0dXJl' })))
  }
  if (has('reasoning-part.unsigned')) {
    reasoning.push(arbitraryText.map((text) => ({ type: 'reasoning', text, signature: null })))
  }
  if (has('redacted-reasoning'))
    reasoning.push(fc.constant({ type: 'redacted-reasoning', data: 'cmVkYWN0ZWQ=' }))
  const calls: fc.Arbitrary<Part[]> =
    tools.length === 0
      ? fc.constant([])
      : fc.array(
          fc
            .tuple(fc.constantFrom(...tools), arbitraryArguments)
            .map(([{ name }, json]): Part => ({ type: 'tool-call', id: '', name, arguments: json })),
          { maxLength: 2 },
        )
  const thought = reasoning.length === 0 ? fc.constant(null) : fc.option(fc.oneof(...reasoning))
  return fc
    .tuple(thought, fc.option(arbitraryText), calls, fc.boolean())
    .map(([first, text, more, isError]) => {
      const parts: Part[] = [
        ...(first === null ? [] : [first]),
        ...(text === null ? [] : [{ type: 'text' as const, text }]),
        ...more,
      ]
      // An assistant that says nothing is a message that several formats refuse.
      return {
        parts: parts.some(({ type }) => type === 'text' || type === 'tool-call')
          ? parts
          : [...parts, { type: 'text', text: 'ok' }],
        isError,
      }
    })
}

export const arbitraryArguments = fc
  .dictionary(
    fc.constantFrom('city', 'q', 'n'),
    fc.oneof(arbitraryText, fc.integer(), fc.boolean(), fc.constant(null)),
  )
  .map((value) => JSON.stringify(value))
