import * as z from 'zod'

export const parameterTypes = ['string', 'number', 'boolean', 'json'] as const

const customParameter = z.object({ key: z.string(), type: z.enum(parameterTypes), value: z.string() })
export type CustomParameter = z.infer<typeof customParameter>

/** Written as rows or as one object of JSON. */
const customParameters = z.object({
  view: z.enum(['rows', 'json']),
  rows: z.array(customParameter).max(100),
  json: z.string(),
})
export type CustomParameters = z.infer<typeof customParameters>

/** What the left side of the chat holds; null numbers are left out of the request. */
export const debugSettings = z.object({
  /** Null: the gateway's own names. */
  domainId: z.string().nullable(),
  /** Null: the first that the API routes. */
  model: z.string().nullable(),
  streaming: z.boolean(),
  systemPrompt: z.string(),
  maxTokens: z.number().nullable(),
  topP: z.number().nullable(),
  temperature: z.number().nullable(),
  custom: customParameters,
  consumerId: z.string().nullable(),
})
export type DebugSettings = z.infer<typeof debugSettings>

export const defaultSettings: DebugSettings = {
  domainId: null,
  model: null,
  streaming: true,
  systemPrompt: '',
  maxTokens: 1024,
  topP: 0.95,
  temperature: 1,
  custom: { view: 'rows', rows: [], json: '' },
  consumerId: null,
}

export const systemPromptMax = 100
/** By their names in the request. */
export const parameterRanges = {
  max_tokens: { min: 0, max: 8192, step: 1 },
  top_p: { min: 0, max: 1, step: 0.01 },
  temperature: { min: 0, max: 2, step: 0.01 },
} as const
export type NamedParameter = keyof typeof parameterRanges

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

type JsonObject = Readonly<Record<string, unknown>>

/** What a request says besides its messages; `custom` comes last and overrides. */
export function chatBody(
  settings: DebugSettings,
  model: string,
  messages: readonly ChatMessage[],
  custom: JsonObject,
): JsonObject {
  const { streaming, maxTokens, topP, temperature, systemPrompt } = settings
  const system: ChatMessage[] = systemPrompt === '' ? [] : [{ role: 'system', content: systemPrompt }]
  return {
    model,
    messages: [...system, ...messages],
    stream: streaming,
    ...(streaming ? { stream_options: { include_usage: true } } : {}),
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    ...(topP === null ? {} : { top_p: topP }),
    ...(temperature === null ? {} : { temperature }),
    ...custom,
  }
}

/** Keys that the panel has a control of its own for. */
const ownKeys: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'top_p',
  'temperature',
])

export function overrides(key: string): boolean {
  return ownKeys.has(key.trim())
}

export type CustomProblem =
  | { readonly kind: 'not-json'; readonly row: number | null }
  | { readonly kind: 'not-object'; readonly row: null }
  | { readonly kind: 'not-number' | 'not-boolean' | 'no-key' | 'twice'; readonly row: number }

type CustomValues =
  | { readonly values: JsonObject; readonly problem: null }
  | { readonly values: null; readonly problem: CustomProblem }

/** What custom parameters say, or what is wrong with them; `row` begins at 0. */
export function customValues({ view, rows, json }: CustomParameters): CustomValues {
  return view === 'json' ? valuesOfJson(json) : valuesOfRows(rows)
}

function valuesOfJson(json: string): CustomValues {
  if (json.trim() === '') return { values: {}, problem: null }
  const parsed = parseJson(json)
  if (parsed === undefined) return refused({ kind: 'not-json', row: null })
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return refused({ kind: 'not-object', row: null })
  }
  return { values: { ...parsed }, problem: null }
}

function valuesOfRows(rows: readonly CustomParameter[]): CustomValues {
  const values = new Map<string, unknown>()
  for (const [row, parameter] of rows.entries()) {
    const key = parameter.key.trim()
    if (key === '') return refused({ kind: 'no-key', row })
    if (values.has(key)) return refused({ kind: 'twice', row })
    const value = typedValue(parameter)
    if (value === undefined) return refused({ kind: problemKinds[parameter.type], row })
    values.set(key, value)
  }
  return { values: Object.fromEntries(values), problem: null }
}

const problemKinds = {
  string: 'not-json',
  number: 'not-number',
  boolean: 'not-boolean',
  json: 'not-json',
} as const

/** Undefined: the text is no value of the type. */
function typedValue({ type, value }: CustomParameter): unknown {
  const text = value.trim()
  switch (type) {
    case 'string':
      return value
    case 'number':
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'json':
      return parseJson(text)
  }
}

/** The same parameters written in the other way; null where what is written cannot be. */
export function inOtherView(custom: CustomParameters): CustomParameters | null {
  const { values } = customValues(custom)
  if (values === null) return null
  if (custom.view === 'rows') {
    const isEmpty = Object.keys(values).length === 0
    return { ...custom, view: 'json', json: isEmpty ? '' : JSON.stringify(values, null, 2) }
  }
  return { ...custom, view: 'rows', rows: Object.entries(values).map(([key, value]) => rowOf(key, value)) }
}

function rowOf(key: string, value: unknown): CustomParameter {
  if (typeof value === 'string') return { key, type: 'string', value }
  if (typeof value === 'number') return { key, type: 'number', value: String(value) }
  if (typeof value === 'boolean') return { key, type: 'boolean', value: String(value) }
  return { key, type: 'json', value: JSON.stringify(value) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused(problem: CustomProblem): CustomValues {
  return { values: null, problem }
}
