/** Names of models by pattern: `*` stands for any characters, also none, `?` for exactly one. Case counts. */
export type ModelMatcher = (model: string) => boolean

/** Prepares a pattern, so that matching allocates nothing. */
export function modelMatcher(pattern: string): ModelMatcher {
  if (!/[*?]/.test(pattern)) return (model) => model === pattern
  if (/^\*+$/.test(pattern)) return () => true
  const start = pattern.slice(0, -1)
  if (pattern.endsWith('*') && !/[*?]/.test(start)) return (model) => model.startsWith(start)
  return (model) => matches(pattern, model)
}

/** For each pattern the first one above it that takes all of its models, so that it is never reached; else null. */
export function coveredBy(patterns: readonly string[]): Array<number | null> {
  return patterns.map((pattern, at) => {
    const above = patterns.slice(0, at).findIndex((earlier) => covers(earlier, pattern))
    return above === -1 ? null : above
  })
}

/** In time that grows with the product of both lengths at worst: after a mismatch only the last `*` takes one more. */
function matches(pattern: string, model: string): boolean {
  let at = 0
  let star = -1
  let taken = 0
  for (let index = 0; index < model.length; ) {
    const sign = pattern[at]
    if (sign === '*') {
      star = at
      taken = index
      at += 1
    } else if (sign === '?' || (sign !== undefined && sign === model[index])) {
      at += 1
      index += 1
    } else if (star !== -1) {
      at = star + 1
      taken += 1
      index = taken
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

/** Whether every model that `inner` takes is one that `outer` takes, as far as their signs show it. */
function covers(outer: string, inner: string): boolean {
  // reached[j]: what stands before `at` in `outer` covers the first j signs of `inner`.
  let reached = [true, ...Array.from(inner, () => false)]
  for (const sign of outer) {
    const next = reached.map(() => false)
    for (let at = 0; at <= inner.length; at += 1) {
      if (sign === '*') next[at] = reached[at] === true || (at > 0 && next[at - 1] === true)
      else if (at > 0 && inner[at - 1] !== '*' && (sign === '?' || sign === inner[at - 1])) {
        next[at] = reached[at - 1] === true
      }
    }
    reached = next
  }
  return reached[inner.length] === true
}
