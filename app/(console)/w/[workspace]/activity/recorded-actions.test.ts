import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { english } from '@/lib/messages/english.ts'
import { recordedActions, recordedKinds } from './recorded-actions.ts'

const folder = join(import.meta.dirname, '../../../../../lib/console')
const source = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n')

/** `kind.verb` behind `action:`, and both ends where the verb depends on something. */
const recorded = new Set(
  [...source.matchAll(/action: ([^\n]+(?:\n\s+\? [^\n]+\n\s+: [^\n]+)?)/g)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, action]) => action ?? ''),
  ),
)

const actions: Readonly<Record<string, Readonly<Record<string, string>>>> = english.activity.actions

test('has a sentence for every action that the console records', () => {
  expect(recorded.size).toBeGreaterThan(40)
  const speechless = [...recorded].filter((action) => {
    const [kind = '', verb = ''] = action.split('.')
    return actions[kind]?.[verb] === undefined
  })
  expect(speechless).toEqual([])
})

test('offers only filters that have words', () => {
  const kinds: Readonly<Record<string, string>> = english.activity.objectKinds
  expect(recordedKinds.filter((kind) => kinds[kind] === undefined)).toEqual([])
  expect(recordedActions.filter((action) => !source.includes(`'${action}'`))).toEqual([])
})
