import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { restorePlan } from './restore-plan.ts'
import { type RecordedChange, stateAt } from './state-at.ts'

interface Document {
  readonly value: number
}
type World = Map<string, Document>

/** Saves one edit as the console would: the world changes and the revision remembers what was before. */
function edit(world: World, changes: RecordedChange<Document>[], id: string, after: Document | null): void {
  const before = world.get(id) ?? null
  if (after === null) world.delete(id)
  else world.set(id, after)
  const number = (changes.at(-1)?.number ?? 0) + 1
  changes.push({ number, kind: 'thing', id, name: id, workspaceId: 'ws_1', before })
}

function restore(world: World, changes: RecordedChange<Document>[], number: number): void {
  for (const step of restorePlan(stateAt(number, changes), world)) {
    edit(world, changes, step.target.id, step.operation === 'deleted' ? null : step.document)
  }
}

function exported(world: World): string {
  return JSON.stringify([...world].sort(([left], [right]) => left.localeCompare(right)))
}

const anyEdit = fc.tuple(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.option(fc.record({ value: fc.integer() }), { nil: null }),
)

describe('bringing a revision back', () => {
  test('makes the configuration byte-equal to what it was, whatever was edited and restored in between', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 30 }), fc.array(fc.nat()), (edits, picks) => {
        const world: World = new Map()
        const changes: RecordedChange<Document>[] = []
        const exports = [exported(world)]
        const save = (id: string, after: Document | null) => {
          edit(world, changes, id, after)
          exports.push(exported(world))
        }
        for (const [id, after] of edits) save(id, after)
        for (const pick of picks) {
          const number = pick % exports.length
          const length = changes.length
          restore(world, changes, number)
          expect(exported(world)).toBe(exports[number])
          for (let made = length; made < changes.length; made++)
            exports.push(exported(stateOf(changes, made + 1, world)))
        }
      }),
    )
  })

  test('deletes before it creates, so that a freed name can be taken again', () => {
    const then = new Map([
      ['old', { kind: 'thing', id: 'old', name: 'x', workspaceId: null, document: { value: 1 } }],
      ['new', { kind: 'thing', id: 'new', name: 'x', workspaceId: null, document: null }],
    ])
    const plan = restorePlan(then, new Map([['new', { value: 2 }]]))
    expect(plan.map((step) => [step.operation, step.target.id])).toEqual([
      ['deleted', 'new'],
      ['created', 'old'],
    ])
  })

  test('plans nothing for the newest revision', () => {
    expect(restorePlan(stateAt(3, []), new Map())).toEqual([])
  })
})

/** The world right after revision `number`, read from history alone. */
function stateOf(changes: readonly RecordedChange<Document>[], number: number, now: World): World {
  const world = new Map(now)
  for (const [id, { document }] of stateAt(number, changes)) {
    if (document === null) world.delete(id)
    else world.set(id, document)
  }
  return world
}
