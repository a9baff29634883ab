import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ModerationWindow,
  ModerationWindows,
  windowDefaults,
  windowProblem,
} from './moderation-windows.ts'

const options = { ...windowDefaults, onFailure: 'block' } as const
const passed = { kind: 'passed' } as const

describe('a text in windows', () => {
  test('is held until its window is judged, and its end until what follows is judged too', () => {
    const windows = new ModerationWindows(options)
    windows.push('a'.repeat(399))
    expect(windows.next()).toBeNull()
    windows.push('b'.repeat(101))
    expect(windows.next()).toEqual({ text: `${'a'.repeat(399)}b`, start: 0 })
    expect(windows.next()).toBeNull()
    expect(windows.heldLength).toBe(500)
    expect(windows.settle(passed)).toEqual({ release: 'a'.repeat(350), blocked: null })
    expect(windows.end()).toEqual({ release: '', blocked: null })
    expect(windows.next()).toEqual({ text: 'a'.repeat(49) + 'b'.repeat(101), start: 350 })
    expect(windows.settle(passed).release).toBe('a'.repeat(49) + 'b'.repeat(101))
    expect(windows.next()).toBeNull()
  })

  test('is released at its end when all of it was judged', () => {
    const windows = new ModerationWindows(options)
    windows.push('x'.repeat(400))
    windows.next()
    expect(windows.settle(passed).release).toHaveLength(350)
    expect(windows.next(true)).toBeNull()
    expect(windows.end().release).toHaveLength(50)
  })

  test('that ends while a window is asked about is released by its verdict', () => {
    const windows = new ModerationWindows(options)
    windows.push('short')
    expect(windows.next(true)).toEqual({ text: 'short', start: 0 })
    expect(windows.end().release).toBe('')
    expect(windows.settle(passed).release).toBe('short')
  })

  test('says when the endpoint does not keep up', () => {
    const windows = new ModerationWindows(options)
    windows.push('x'.repeat(1_599))
    expect(windows.isFull).toBe(false)
    windows.push('x')
    expect(windows.isFull).toBe(true)
    windows.next()
    windows.settle(passed)
    expect(windows.isFull).toBe(false)
  })

  test('needs windows that can hold their overlap twice', () => {
    expect(windowProblem(windowDefaults)).toBeNull()
    expect(windowProblem({ length: 49, overlap: 0 })).toBe('A window has 50 to 10000 characters.')
    expect(windowProblem({ length: 100, overlap: 51 })).toBe(
      'Windows overlap by at most half of their length.',
    )
    expect(() => new ModerationWindows({ ...options, overlap: -1 })).toThrow(/overlap/)
  })
})

describe('a refused window', () => {
  test('ends the text: nothing of it is released, nor anything after it', () => {
    const windows = new ModerationWindows(options)
    const refused = { kind: 'refused', categories: ['violence'] } as const
    windows.push('x'.repeat(700))
    windows.next()
    expect(windows.settle(passed).release).toHaveLength(350)
    windows.push('x'.repeat(100))
    windows.next()
    expect(windows.settle(refused)).toEqual({ release: '', blocked: refused })
    windows.push('more')
    expect([windows.next(true), windows.heldLength]).toEqual([null, 0])
    expect(windows.end()).toEqual({ release: '', blocked: refused })
  })
})

describe('an endpoint that fails', () => {
  const failed = { kind: 'failed', message: 'No answer within 2 s.' } as const

  test('refuses the text, closed as it is by default', () => {
    const windows = new ModerationWindows(options)
    windows.push('text')
    windows.end()
    windows.next()
    expect(windows.settle(failed)).toEqual({ release: '', blocked: failed })
    expect(windows.unjudged).toBe(0)
  })

  test('lets the window go unjudged when that was chosen, and counts it', () => {
    const windows = new ModerationWindows({ ...options, onFailure: 'pass' })
    windows.push('text')
    windows.end()
    windows.next()
    expect(windows.settle(failed)).toEqual({ release: 'text', blocked: null })
    expect(windows.unjudged).toBe(1)
  })
})

/** What a source does: a text comes, somebody asks, hurried or not, or an answer arrives. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom('a', 'b', '😀', '\ud83d', '你'), { maxLength: 40 })
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: fc.constantFrom('ask' as const, 'hurry' as const, 'answer' as const) },
)
const sizes = fc.record({
  length: fc.integer({ min: 50, max: 90 }),
  overlap: fc.integer({ min: 0, max: 25 }),
})

function cutsCharacter(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))
}

/** Drives windows by hand, as a gateway would, and keeps what it saw. */
class Driver {
  readonly judged: ModerationWindow[] = []
  whole = ''
  released = ''
  readonly #windows: ModerationWindows
  #asked: ModerationWindow | null = null

  constructor(windows: ModerationWindows) {
    this.#windows = windows
  }

  /** Where judging has come to. */
  get seenUntil(): number {
    return this.judged.reduce((most, { text, start }) => Math.max(most, start + text.length), 0)
  }

  push(text: string): void {
    this.#windows.push(text)
    this.whole += text
  }

  ask(isHurried: boolean): boolean {
    this.#asked ??= this.#windows.next(isHurried)
    return this.#asked !== null
  }

  answer(): void {
    if (this.#asked === null) return
    this.judged.push(this.#asked)
    this.#asked = null
    this.released += this.#windows.settle(passed).release
  }

  finish(): void {
    this.released += this.#windows.end().release
    while (this.ask(false)) this.answer()
  }
}

test('in whatever order text, questions and answers come, all of it goes out, judged with its neighbours', () => {
  fc.assert(
    fc.property(sizes, fc.array(step, { maxLength: 60 }), ({ length, overlap }, steps) => {
      const driver = new Driver(new ModerationWindows({ length, overlap, onFailure: 'block' }))
      for (const action of steps) {
        if (action === 'ask' || action === 'hurry') driver.ask(action === 'hurry')
        else if (action === 'answer') driver.answer()
        else driver.push(action)
        expect(driver.released.length).toBeLessThanOrEqual(Math.max(driver.seenUntil - overlap, 0))
        expect(cutsCharacter(driver.whole, driver.released.length)).toBe(false)
      }
      driver.finish()
      const { whole, judged } = driver
      expect(driver.released).toBe(whole)
      expect(driver.seenUntil).toBe(whole.length)
      for (const { text, start } of judged) {
        expect(text.length).toBeLessThanOrEqual(length)
        expect(whole.startsWith(text, start)).toBe(true)
        expect(cutsCharacter(whole, start + text.length)).toBe(false)
      }
      for (let at = 0; at + overlap <= whole.length; at++) {
        const isSeen = judged.some(({ text, start }) => start <= at && at + overlap <= start + text.length)
        expect(isSeen || overlap === 0).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})
