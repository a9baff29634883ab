import { modelMatcher } from '@/lib/domain/model-pattern.ts'

/** The index of the rule that takes a model; null: none does. */
export function ruleFor(patterns: readonly string[], model: string): number | null {
  const index = patterns.findIndex((pattern) => modelMatcher(pattern)(model))
  return index === -1 ? null : index
}
