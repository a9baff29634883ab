import { afterEach, expect, test } from 'vitest'
import { LimitBook } from './limit-book.ts'
import { LimitKeeper } from './limit-keeper.ts'
import type { LimitUse } from './limit-source.ts'
import { LimitLink } from './testing/limit-link.ts'

const clock = { now: () => 1_700_000_000_000 }
const use: LimitUse = { rule: 'r', span: 'utc-day', amount: 10, weight: 1, value: '', isOpen: false }
let links: LimitLink[] = []

afterEach(() => {
  for (const link of links) link.disconnect()
  links = []
})

async function join(keeper: LimitKeeper, patienceMs?: number): Promise<LimitLink> {
  const link = new LimitLink(clock, patienceMs)
  links.push(link)
  keeper.attach(link.child)
  await link.source.join()
  return link
}

async function admitted({ source }: LimitLink, offered: number): Promise<number> {
  const verdicts = await Promise.all(Array.from({ length: offered }, () => source.admit([use])))
  return verdicts.filter(({ refused }) => refused === null).length
}

test('nodes admit together exactly what one would, however the requests are spread', async () => {
  const keeper = new LimitKeeper(new LimitBook(clock))
  const nodes = [await join(keeper), await join(keeper), await join(keeper)]
  const passed = await Promise.all(nodes.map((node) => admitted(node, 7)))
  expect(passed.reduce((sum, count) => sum + count, 0)).toBe(10)
})

test('what one node spends the others know', async () => {
  const keeper = new LimitKeeper(new LimitBook(clock))
  const [first, second] = [await join(keeper), await join(keeper)]
  first.source.spend([use], 25)
  // Told in the order in which they were sent, also by the node itself.
  expect((await first.source.admit([use])).refused).toBe(0)
  expect(await second.source.admit([use])).toEqual({
    refused: 0,
    states: [{ left: 0, renewsInMs: 6_400_000 }],
  })
})

test('a node without an answer admits its share, and tells what it admitted once there is one again', async () => {
  const book = new LimitBook(clock)
  const keeper = new LimitKeeper(book)
  const [first, second] = [await join(keeper, 20), await join(keeper)]
  first.isCut = true
  // The keeper counts those that it was asked for, though its answers never arrive.
  expect(await admitted(first, 2)).toBe(2)
  expect([first.source.isAway, first.changes]).toEqual([true, [false, true]])
  expect(await admitted(first, 10)).toBe(3)
  expect(book.admit([{ ...use, weight: 0 }]).states[0]?.left).toBe(8)
  first.isCut = false
  await first.source.join(10_000)
  expect(first.source.isAway).toBe(false)
  expect(await admitted(second, 10)).toBe(5)
})

test('a node that was never answered counts alone, without a share', async () => {
  const link = new LimitLink(clock)
  links.push(link)
  await link.source.join(1)
  expect(await admitted(link, 20)).toBe(10)
  link.source.spend([use], 5)
  const book = new LimitBook(clock)
  new LimitKeeper(book).attach(link.child)
  await link.source.join(10_000)
  await link.source.admit([use])
  expect(book.admit([{ ...use, amount: 100, weight: 0 }]).states[0]?.left).toBe(85)
})

test('what is no message of a node is nothing to the keeper', () => {
  const book = new LimitBook(clock)
  const link = new LimitLink(clock)
  links.push(link)
  const messages: unknown[] = ['x', null, { type: 'counters' }, { type: 'limits', spendings: [[[], -1]] }]
  new LimitKeeper(book).attach({
    send: () => expect.unreachable(),
    on: (_event, listener) => messages.forEach(listener),
    once: () => undefined,
  })
  expect(book.size).toBe(0)
})
