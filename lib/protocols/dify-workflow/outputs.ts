import type { Usage } from '@/lib/protocols/canonical.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, textOf } from '@/lib/protocols/json-reading.ts'

const usualNames = ['text', 'answer', 'output', 'result']

/** What a workflow says: its only output, the one of a usual name, or all of them as JSON. */
export function textOfOutputs(outputs: JsonValue | undefined): string {
  const named = objectOf(outputs)
  const names = Object.keys(named)
  if (names.length === 0) return ''
  const name = names.length === 1 ? names[0] : usualNames.find((usual) => textOf(named[usual]) !== null)
  return (name === undefined ? null : textOf(named[name])) ?? stringifyExact(named)
}

/** A run tells only the sum of its tokens; it counts as output where its nodes told no more. */
export function usageOfRun(run: JsonObject, nodes: Usage | null): Usage | null {
  if (nodes !== null) return nodes
  const total = numberOf(run['total_tokens'])
  return total === null
    ? null
    : { input: null, output: total, cachedInput: null, cacheWriteInput: null, reasoning: null }
}
