import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chinese } from './chinese.ts'
import { english } from './english.ts'
import { messageUses } from './message-uses.ts'

type Tree = { readonly [key: string]: string | Tree }

const root = join(import.meta.dirname, '..', '..')

/** `auth.signIn.title` → its text. */
function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (typeof value === 'string') flat.set(path, value)
    else for (const [inner, text] of flatten(value, path)) flat.set(inner, text)
  }
  return flat
}

/** The names in `{name}` and `<b></b>` that every language must carry, and those that only choose a plural form. */
function parameters(text: string) {
  const values = [...text.matchAll(/\{\s*([A-Za-z]\w*)\s*[,}]/g)].map((match) => match[1] ?? '')
  const tags = [...text.matchAll(/<([A-Za-z]\w*)>/g)].map((match) => `<${match[1]}>`)
  const plurals = new Set([...text.matchAll(/\{\s*(\w+)\s*,\s*(?:plural|select)/g)].map((match) => match[1]))
  return {
    all: new Set([...values, ...tags]),
    needed: [...values, ...tags].filter((name) => !plurals.has(name)),
  }
}

/** Chinese has one form for any number, so it may leave out what English needs for its plurals. */
function carriesTheSame(english: string, chinese: string): boolean {
  const [from, to] = [parameters(english), parameters(chinese)]
  return from.needed.every((name) => to.all.has(name)) && [...to.all].every((name) => from.all.has(name))
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}

const en = flatten(english)
const zh = flatten(chinese)
const files = [...sources('app'), ...sources('components'), ...sources('lib/client')]
const uses = files.map(messageUses)
const exact = new Set(uses.flatMap((use) => [...use.exact]))
const prefixes = [...new Set(uses.flatMap((use) => [...use.prefixes]))]

/**
 * Keys also travel as data: `{ label: 'types.shared' }`, or `` `actions.${action}` `` handed to a function. Then the
 * literal, or its beginning up to a dot, stands somewhere in the source.
 */
const allSource = files.join('\n')
const beginnings = [...allSource.matchAll(/`([\w-]+\.(?:[\w.-]+\.)?)\$\{/g)].map((match) => match[1] ?? '')

function isUsed(key: string): boolean {
  if (exact.has(key) || prefixes.some((prefix) => key.startsWith(prefix))) return true
  const tails = key.split('.').map((_, index, parts) => parts.slice(index).join('.'))
  return tails
    .slice(1)
    .some(
      (tail) =>
        (tail.includes('.') && allSource.includes(`'${tail}'`)) ||
        beginnings.some((start) => tail.startsWith(start)),
    )
}

describe('the two languages', () => {
  test('have the same keys', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('carry the same values in every text', () => {
    const unequal = [...en]
      .filter(([key, text]) => zh.has(key) && !carriesTheSame(text, zh.get(key) ?? ''))
      .map(([key]) => key)
    expect(unequal).toEqual([])
  })

  test('leave no text empty', () => {
    expect([...en, ...zh].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  test('avoid the words that say nothing', () => {
    const wordy = [...en].filter(([, text]) => /\b(please|successfully|oops)\b|!(?![=])/i.test(text))
    expect(wordy.map(([key]) => key)).toEqual([])
  })
})

describe('the source', () => {
  test('asks for no key that does not exist', () => {
    const missing = [...exact].filter(
      (key) => !en.has(key) && ![...en.keys()].some((known) => known.startsWith(`${key}.`)),
    )
    expect(missing.sort()).toEqual([])
  })

  test('uses every key that exists', () => {
    expect([...en.keys()].filter((key) => !isUsed(key))).toEqual([])
  })
})

describe('the reader of the source', () => {
  test('sees literals, conditions and computed ends', () => {
    const use = messageUses(`
      const t = useTranslations('kit')
      t('copy.done', { name: 'x' }); t(on ? 'yes' : 'no'); t.rich('delete.type', {}); t(\`states.\${state}\`)
      const t = useTranslations('shell')
      about('none'); t('search')
    `)
    expect([...use.exact].sort()).toEqual([
      'kit.copy.done',
      'kit.delete.type',
      'kit.no',
      'kit.yes',
      'shell.search',
    ])
    expect([...use.prefixes]).toEqual(['kit.states.'])
  })
})
