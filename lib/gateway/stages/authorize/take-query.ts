/** Parameters that were taken out of a URL, and what is left of it. */
export interface TakenQuery {
  readonly url: string
  readonly taken: ReadonlyArray<readonly [name: string, value: string]>
}

/** Takes every parameter of these names out; the rest stays byte for byte. Null where there is none. */
export function takeQuery(url: string, names: ReadonlySet<string>): TakenQuery | null {
  const question = names.size === 0 ? -1 : url.indexOf('?')
  if (question === -1) return null
  const taken: Array<readonly [string, string]> = []
  const rest: string[] = []
  for (const pair of url.slice(question + 1).split('&')) {
    const equals = pair.indexOf('=')
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals))
    if (names.has(name)) taken.push([name, equals === -1 ? '' : decoded(pair.slice(equals + 1))])
    else rest.push(pair)
  }
  if (taken.length === 0) return null
  const path = url.slice(0, question)
  return { url: rest.length === 0 ? path : `${path}?${rest.join('&')}`, taken }
}

/** What is not well-formed stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
