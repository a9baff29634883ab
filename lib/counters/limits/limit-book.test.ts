import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LimitBook } from './limit-book.ts'
import type { LimitUse } from './limit-source.ts'
import { type LimitSpan, limitSpans, periodAt, slidingMsOf } from './limit-span.ts'

const start = Date.UTC(2026, 10, 28, 23, 59, 30)

function makeUse(change: Partial<LimitUse> = {}): LimitUse {
  return { rule: 'r', span: 'minute', amount: 3, weight: 1, value: '', isOpen: false, ...change }
}

function makeBook(bounds: ConstructorParameters<typeof LimitBook>[1] = {}) {
  const clock = { at: start, now: () => clock.at }
  return { clock, book: new LimitBook(clock, bounds) }
}

/** How many of `offered` requests are admitted. */
function admitted(book: LimitBook, offered: number, ...uses: LimitUse[]): number {
  return Array.from({ length: offered }, () => book.admit(uses)).filter(({ refused }) => refused === null)
    .length
}

/** Remembers every use, and adds them up anew for each question. */
class NaiveBook {
  readonly #uses: Array<{ readonly key: string; readonly at: number; readonly amount: number }> = []

  count({ rule, value, span }: LimitUse, now: number): number {
    const ms = slidingMsOf(span)
    const slot = (at: number) => Math.floor(at / ((ms ?? 20) / 20))
    const isWithin = (at: number) =>
      ms === null ? periodAt(span, at).from === periodAt(span, now).from : slot(at) > slot(now) - 20
    return this.#uses
      .filter(({ key, at }) => key === `${rule} ${value}` && isWithin(at))
      .reduce((sum, { amount }) => sum + amount, 0)
  }

  admit(uses: readonly LimitUse[], now: number): boolean {
    if (uses.some((use) => this.count(use, now) >= use.amount)) return false
    for (const use of uses) this.spend(use, use.weight, now)
    return true
  }

  spend({ rule, value }: LimitUse, amount: number, at: number): void {
    this.#uses.push({ key: `${rule} ${value}`, at, amount })
  }
}

const step = fc.record({
  passesMs: fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(90_000), fc.nat(4_000_000), fc.nat(200_000_000)),
  values: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
  spent: fc.nat(6),
})

describe('A book of limits', () => {
  test('says what one says that remembers everything', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ span: fc.constantFrom(...limitSpans), amount: fc.integer({ min: 1, max: 9 }) }),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        fc.array(step, { maxLength: 60 }),
        (rules, steps) => {
          const { clock, book } = makeBook()
          const naive = new NaiveBook()
          for (const { passesMs, values, spent } of steps) {
            clock.at += passesMs
            const uses = rules.map(({ span, amount }, index) =>
              makeUse({
                rule: `r${index}`,
                span,
                amount,
                weight: index === 0 ? 1 : ((index % 2) as 0 | 1),
                value: `v${values[index % values.length]}`,
                isOpen: index === 1,
              }),
            )
            const { refused, states } = book.admit(uses)
            expect(refused === null).toBe(naive.admit(uses, clock.at))
            expect(states.map(({ left }) => left)).toEqual(
              uses.map((use) => Math.max(0, use.amount - naive.count(use, clock.at))),
            )
            const metered = uses.filter(({ weight }) => weight === 0)
            book.spend(metered, spent)
            for (const use of metered) naive.spend(use, spent, clock.at)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('says when a refused value may come again, neither too late nor too early', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...limitSpans.filter((span) => span !== 'total')),
        fc.array(fc.nat(200_000), { minLength: 3, maxLength: 12 }),
        (span, gaps) => {
          const { clock, book } = makeBook()
          const use = makeUse({ span, weight: 0 })
          for (const gap of gaps) {
            clock.at += gap
            book.spend([use], 1)
          }
          const { refused, states } = book.admit([use])
          if (refused === null) return
          const waitMs = Math.ceil(states[0]?.renewsInMs ?? 0)
          clock.at += waitMs - 1
          expect(book.admit([use]).refused).toBe(0)
          clock.at += 1
          expect(book.admit([use]).refused).toBeNull()
        },
      ),
    )
  })

  test('counts nothing of what one rule refuses, and names the one that does so longest', () => {
    const { book } = makeBook()
    const minute = makeUse({ rule: 'm', amount: 2 })
    const month = makeUse({ rule: 'q', span: 'utc-month', amount: 1 })
    expect(admitted(book, 5, minute, month)).toBe(1)
    expect(book.admit([minute]).states[0]?.left).toBe(0)
    expect(book.admit([minute, month]).refused).toBe(1)
    expect(book.admit([month, minute]).refused).toBe(0)
  })

  test('renews months and days by the calendar in UTC, and a total never', () => {
    const { clock, book } = makeBook()
    clock.at = Date.UTC(2026, 11, 31, 23, 59, 59)
    const of = (span: LimitSpan) => makeUse({ rule: span, span, amount: 1 })
    for (const span of ['utc-day', 'utc-month', 'total'] as const) expect(admitted(book, 2, of(span))).toBe(1)
    expect(book.admit([of('utc-month')]).states).toEqual([{ left: 0, renewsInMs: 1_000 }])
    expect(book.admit([of('total')]).states).toEqual([{ left: 0, renewsInMs: null }])
    clock.at += 1_000
    for (const span of ['utc-day', 'utc-month'] as const) expect(admitted(book, 2, of(span))).toBe(1)
    expect(admitted(book, 1, of('total'))).toBe(0)
  })

  test('goes on counting when an amount changes', () => {
    const { book } = makeBook()
    expect(admitted(book, 5, makeUse({ amount: 3 }))).toBe(3)
    expect(admitted(book, 5, makeUse({ amount: 4 }))).toBe(1)
    expect(admitted(book, 5, makeUse({ amount: 2 }))).toBe(0)
  })

  test('holds nothing for a journal that is not there', () => {
    const { book, clock } = makeBook()
    for (let value = 0; value < 100; value += 1) book.admit([makeUse({ span: 'hour', value: `v${value}` })])
    clock.at += 2 * 3_600_000
    book.admit([makeUse({ span: 'hour', value: 'late' })])
    expect(book.takeChanged().map(({ value }) => value)).toEqual(['late'])
    expect(book.takeChanged()).toEqual([])
  })

  test('forgets what is over, and only that', () => {
    const { clock, book } = makeBook()
    for (let index = 0; index < 50; index++) book.admit([makeUse({ value: `v${index}`, isOpen: true })])
    book.admit([makeUse({ rule: 'q', span: 'total' })])
    clock.at += 61_000
    book.admit([makeUse({ rule: 'other', span: 'second' })])
    expect(book.size).toBe(2)
  })
})

describe('Values that callers choose', () => {
  const bounds = { values: 100, shared: 8 }
  const of = (value: string, change: Partial<LimitUse> = {}) => makeUse({ value, isOpen: true, ...change })

  test('are bounded, and none gets by uncounted', () => {
    const { book } = makeBook(bounds)
    let passed = 0
    for (let index = 0; index < 5_000; index++) passed += admitted(book, 4, of(`v${index}`))
    expect(book.size).toBe(108)
    expect(passed).toBe(108 * 3)
  })

  test('keep counts of their own in a flood of others', () => {
    const { book } = makeBook(bounds)
    expect(admitted(book, 1, of('known'))).toBe(1)
    for (let index = 0; index < 5_000; index++) book.admit([of(`v${index}`)])
    expect(admitted(book, 5, of('known'))).toBe(2)
  })

  test('are told apart again once the flood is over', () => {
    const { clock, book } = makeBook(bounds)
    for (let index = 0; index < 5_000; index++) book.admit([of(`v${index}`)])
    expect(admitted(book, 5, of('new'))).toBe(0)
    clock.at += 61_000
    expect(admitted(book, 5, of('new'))).toBe(3)
    expect(book.size).toBe(1)
  })

  test('of many rules share the memory, and those of configured ones are all kept', () => {
    const { book } = makeBook({ values: 10_000, allValues: 1_000, shared: 1 })
    for (let rule = 0; rule < 5; rule++) {
      for (let index = 0; index < 500; index++) book.admit([of(`v${index}`, { rule: `r${rule}` })])
    }
    // The first rules had more room while there were fewer of them.
    expect(book.size).toBeLessThanOrEqual(500 + 500 + 333 + 250 + 200 + 5)
    const before = book.size
    for (let index = 0; index < 1_000; index++) book.admit([makeUse({ rule: 'c', value: `con_${index}` })])
    expect(book.size).toBe(before + 1_000)
  })

  test('of so many rules that one must go lose the one that was unused longest', () => {
    const { clock, book } = makeBook({ rules: 2 })
    for (const rule of ['a', 'b', 'a', 'c']) {
      clock.at += 1
      book.admit([makeUse({ rule, span: 'total', amount: 1 })])
    }
    expect(admitted(book, 1, makeUse({ rule: 'a', span: 'total', amount: 1 }))).toBe(0)
    expect(admitted(book, 1, makeUse({ rule: 'b', span: 'total', amount: 1 }))).toBe(1)
  })
})
