export type CodeLanguage = 'bash' | 'powershell' | 'python' | 'javascript' | 'json' | 'text'

export type CodeTokenKind = 'key' | 'string' | 'number' | 'keyword' | 'comment' | 'plain'

export type CodeToken = {
  readonly kind: CodeTokenKind
  readonly text: string
  /** Where the piece starts. */
  readonly at: number
}

type Rule = readonly [CodeTokenKind, RegExp]

const string: Rule[] = [
  ['string', /"(?:\\[\s\S]|[^"\\])*"/y],
  ['string', /'(?:\\[\s\S]|[^'\\])*'/y],
]
const number: Rule = ['number', /\b\d+(?:\.\d+)?\b/y]
const jsonKey: Rule = ['key', /"(?:\\.|[^"\\\n])*"(?=\s*:)/y]
const word = (words: string): RegExp => new RegExp(`\\b(?:${words.replaceAll(' ', '|')})\\b`, 'y')

const rules: Record<CodeLanguage, readonly Rule[]> = {
  json: [jsonKey, ...string, number, ['keyword', word('true false null')]],
  bash: [
    ['comment', /#[^\n]*/y],
    jsonKey,
    ['string', /"(?:\\[\s\S]|[^"\\\n])*"/y],
    ['keyword', /(?<=^|\n|[|;&]\s*)(?:curl|export|echo|set|unset)\b/y],
    ['keyword', /(?<=-X )[A-Z]+\b/y],
    ['key', /\$\{?[A-Z_][A-Z0-9_]*\}?/y],
  ],
  powershell: [
    ['comment', /#[^\n]*/y],
    jsonKey,
    ['string', /"(?:`[\s\S]|[^"`\n])*"/y],
    ['keyword', /\b(?:Invoke-RestMethod|Invoke-WebRequest|ConvertTo-Json|curl\.exe)\b/y],
    ['key', /\$[A-Za-z_:][A-Za-z0-9_:]*/y],
    number,
  ],
  python: [
    ['comment', /#[^\n]*/y],
    ['string', /"""[\s\S]*?"""/y],
    jsonKey,
    ...string,
    [
      'keyword',
      word('import from as def return for in if else elif with print True False None async await not and or'),
    ],
    ['key', /\b[a-z_]+(?==(?!=))/y],
    number,
  ],
  javascript: [
    ['comment', /\/\/[^\n]*/y],
    ['string', /`(?:\\[\s\S]|[^`\\])*`/y],
    ...string,
    [
      'keyword',
      word(
        'import from export const let await async for of in if else return new function true false null undefined',
      ),
    ],
    ['key', /\b[A-Za-z_$][\w$]*(?=\s*:)/y],
    number,
  ],
  text: [],
}

/** Splits code into coloured pieces. Joined together, the pieces are the code, to the byte. */
export function tokenizeCode(code: string, language: CodeLanguage): CodeToken[] {
  const tokens: CodeToken[] = []
  let plainFrom = 0
  let at = 0
  while (at < code.length) {
    const token = tokenAt(code, at, rules[language])
    if (!token) {
      at = wordEnd(code, at)
      continue
    }
    if (plainFrom < at) tokens.push({ kind: 'plain', text: code.slice(plainFrom, at), at: plainFrom })
    tokens.push(token)
    at += token.text.length
    plainFrom = at
  }
  if (plainFrom < code.length) tokens.push({ kind: 'plain', text: code.slice(plainFrom), at: plainFrom })
  return tokens
}

function tokenAt(code: string, at: number, candidates: readonly Rule[]): CodeToken | undefined {
  for (const [kind, pattern] of candidates) {
    pattern.lastIndex = at
    const text = pattern.exec(code)?.[0]
    if (text) return { kind, text, at }
  }
  return undefined
}

/** Words are skipped whole, so that no rule matches in the middle of one. */
function wordEnd(code: string, at: number): number {
  const word = /[A-Za-z0-9_]+/y
  word.lastIndex = at
  return at + (word.exec(code)?.[0].length ?? 1)
}
