import { createHash } from 'node:crypto'
import * as z from 'zod'

/** A JSON Schema as far as the sample model fills one in. */
const parameters = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ type: z.unknown().optional() })).optional(),
  required: z.array(z.string()).optional(),
})

export interface Tool {
  readonly name: string
  readonly parameters: unknown
}

export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly arguments: Record<string, unknown>
}

/** The tool is called when the caller insists (`forced`) or when the prompt names it. */
export function chooseTool(
  tools: readonly Tool[],
  prompt: string,
  forced: boolean | string,
): ToolCall | null {
  const named = tools.find((tool) =>
    typeof forced === 'string' ? tool.name === forced : prompt.includes(tool.name),
  )
  const chosen = named ?? (forced === true ? tools[0] : undefined)
  if (chosen === undefined) return null
  const id = createHash('sha256').update(`${chosen.name}\n${prompt}`).digest('hex').slice(0, 24)
  return { id, name: chosen.name, arguments: fillIn(chosen.parameters, prompt) }
}

function fillIn(schema: unknown, prompt: string): Record<string, unknown> {
  const parsed = parameters.safeParse(schema)
  if (!parsed.success) return {}
  const { properties = {}, required = Object.keys(properties) } = parsed.data
  return Object.fromEntries(required.map((name) => [name, sampleValue(properties[name] ?? {}, prompt)]))
}

function sampleValue(property: Record<string, unknown>, prompt: string): unknown {
  if (Array.isArray(property['enum'])) return property['enum'][0]
  if (property['type'] === 'number' || property['type'] === 'integer') return 1
  if (property['type'] === 'boolean') return true
  if (property['type'] === 'array') return []
  if (property['type'] === 'object') return {}
  return prompt
}
