import type { EndpointPolicy } from './endpoint-policy.ts'

/** An answer that is not of the form. The message says what is wrong, and quotes no text. */
export class EndpointAnswerError extends Error {
  override readonly name = 'EndpointAnswerError'
}

export interface EndpointResult {
  readonly isFlagged: boolean
  readonly categories: ReadonlyMap<string, boolean>
  /** 0 to 1; empty where the endpoint gives none. */
  readonly scores: ReadonlyMap<string, number>
}

export interface EndpointVerdict {
  readonly isRefused: boolean
  /** Those that refused it, or that the endpoint flagged. */
  readonly categories: readonly string[]
}

/** The results of a 200 answer, as many as texts were asked about. Throws `EndpointAnswerError`. */
export function readModerations(body: string, count: number): readonly EndpointResult[] {
  const { results } = readObject(parse(body), 'The answer')
  if (!Array.isArray(results)) throw new EndpointAnswerError('The answer has no list "results".')
  if (results.length !== count)
    throw new EndpointAnswerError(`The answer has ${results.length} results for ${count} texts.`)
  return results.map((result, index) => readResult(result, `results[${index}]`))
}

/** Throws `EndpointAnswerError` where the answer says nothing of a category that was chosen. */
export function judge(
  result: EndpointResult,
  { categories }: Pick<EndpointPolicy, 'categories'>,
): EndpointVerdict {
  if (categories === null) {
    const flagged = [...result.categories].flatMap(([name, isFlagged]) => (isFlagged ? [name] : []))
    return { isRefused: result.isFlagged, categories: flagged }
  }
  const refusing = categories.filter(({ name, threshold }) =>
    threshold === null
      ? find(result.categories, name, 'flag')
      : find(result.scores, name, 'score') >= threshold,
  )
  return { isRefused: refusing.length > 0, categories: refusing.map(({ name }) => name) }
}

function find<T>(values: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = values.get(name)
  if (value === undefined)
    throw new EndpointAnswerError(
      `The answer has no ${what} for the category "${name}". Choose categories that the endpoint knows.`,
    )
  return value
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new EndpointAnswerError('The answer is not JSON.')
  }
}

function readResult(value: unknown, path: string): EndpointResult {
  const { flagged, categories, category_scores: scores } = readObject(value, path)
  if (typeof flagged !== 'boolean') throw new EndpointAnswerError(`${path}.flagged must be true or false.`)
  return {
    isFlagged: flagged,
    categories: readMap(categories, `${path}.categories`, readFlag),
    scores: scores === undefined ? new Map() : readMap(scores, `${path}.category_scores`, readScore),
  }
}

function readMap<T>(value: unknown, path: string, read: (entry: unknown, path: string) => T): Map<string, T> {
  return new Map(
    Object.entries(readObject(value, path)).map(([name, entry]) => [name, read(entry, `${path}["${name}"]`)]),
  )
}

/** Null stands for a category that the model behind the endpoint does not judge: not flagged, scored 0. */
function readFlag(entry: unknown, path: string): boolean {
  if (entry === null) return false
  if (typeof entry !== 'boolean') throw new EndpointAnswerError(`${path} must be true or false.`)
  return entry
}

function readScore(entry: unknown, path: string): number {
  if (entry === null) return 0
  if (typeof entry !== 'number' || !(entry >= 0 && entry <= 1))
    throw new EndpointAnswerError(`${path} must be a number from 0 to 1.`)
  return entry
}

function readObject(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new EndpointAnswerError(`${path} must be an object.`)
  return { ...value }
}
