/** What a source file asks of its translators: whole keys, and beginnings where the end is computed. */
export type MessageUses = { readonly exact: Set<string>; readonly prefixes: Set<string> }

type Translator = { readonly name: string; readonly namespace: string; readonly at: number }

const declarations = [
  /const (\w+) = useTranslations\(\s*'([\w.-]+)',?\s*\)/g,
  /(\w+): ReturnType<typeof useTranslations<'([\w.-]+)'>>/g,
]

/** Reads `t('key')`, `t(on ? 'a' : 'b')`, and `t` with a template, for every translator that a file declares. */
export function messageUses(source: string): MessageUses {
  const uses: MessageUses = { exact: new Set(), prefixes: new Set() }
  const translators = declarations.flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match): Translator => {
      return { name: match[1] ?? '', namespace: match[2] ?? '', at: match.index }
    }),
  )
  for (const name of new Set(translators.map((translator) => translator.name))) {
    const named = translators.filter((translator) => translator.name === name)
    const call = new RegExp(`(?<![\\w.])${name}(?:\\.(?:rich|markup|raw|has))?\\(`, 'g')
    for (const match of source.matchAll(call)) {
      // Components of one file may all call theirs `t`: the nearest declaration above is the one meant.
      const translator = named.filter(({ at }) => at < match.index).at(-1)
      if (translator)
        collect(firstArgument(source, match.index + match[0].length), translator.namespace, uses)
    }
  }
  return uses
}

function collect(argument: string, namespace: string, uses: MessageUses): void {
  // `t(tab)` over a narrow namespace such as `services.tabs` may ask for any of its keys.
  if (/^\s*[\w.]+\s*$/.test(argument) && namespace.includes('.')) uses.prefixes.add(`${namespace}.`)
  for (const [, quote, text = ''] of argument.matchAll(/(['"`])((?:(?!\1).)*)\1/gs)) {
    const computed = quote === '`' ? text.indexOf('${') : -1
    if (computed < 0) uses.exact.add(`${namespace}.${text}`)
    else uses.prefixes.add(`${namespace}.${text.slice(0, computed)}`)
  }
}

/** From behind an opening parenthesis to the comma or parenthesis that ends the first argument. */
function firstArgument(source: string, from: number): string {
  let depth = 0
  let quote = ''
  for (let index = from; index < source.length; index++) {
    const character = source.charAt(index)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (`'"\``.includes(character)) quote = character
    else if ('([{'.includes(character)) depth += 1
    else if (depth === 0 && '),'.includes(character)) return source.slice(from, index)
    else if (')]}'.includes(character)) depth -= 1
  }
  return source.slice(from)
}
