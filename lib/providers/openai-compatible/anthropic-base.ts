import type { ServiceBase } from './service-base.ts'

/** How a base ends, and how the provider's Anthropic address ends in its place. */
export interface AnthropicEnding {
  readonly openai: string
  readonly anthropic: string
}

/**
 * Where a provider speaks Anthropic's protocol itself, beside the OpenAI base: the first ending that fits is
 * exchanged, so that other regions and addresses in front of the provider keep it. Null: the base is none of
 * these, and the address would be a guess.
 */
export function anthropicBase(base: ServiceBase, endings: readonly AnthropicEnding[]): ServiceBase | null {
  const ending = endings.find(({ openai }) => base.path.endsWith(openai))
  if (ending === undefined) return null
  return { ...base, path: base.path.slice(0, base.path.length - ending.openai.length) + ending.anthropic }
}
