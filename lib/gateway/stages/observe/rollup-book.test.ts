import { describe, expect, test } from 'vitest'
import { RollupBook } from '@/lib/gateway/stages/observe/rollup-book.ts'
import { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'

const minute = 60_000

function count(book: RollupBook, now: number, service = 's', token: string | null = 't') {
  book.entry(now, service, token).requests += 1
}

describe('Rollups', () => {
  test('sum by minute, service and token', () => {
    const book = new RollupBook()
    count(book, 1)
    count(book, minute - 1)
    count(book, minute)
    count(book, 1, 'other')
    count(book, 1, 's', null)
    const { rollups } = book.take()
    expect(rollups.map((sum) => [sum.minute, sum.serviceId, sum.tokenId, sum.requests])).toEqual([
      [0, 's', 't', 2],
      [minute, 's', 't', 1],
      [0, 'other', 't', 1],
      [0, 's', null, 1],
    ])
    expect(book.isEmpty).toBe(true)
  })

  test('are handed over in portions, the oldest first', () => {
    const book = new RollupBook()
    for (let index = 0; index < 5; index++) count(book, index * minute)
    expect(book.take(2).rollups.map((sum) => sum.minute)).toEqual([0, minute])
    expect(book.take(9).rollups.map((sum) => sum.minute)).toEqual([2 * minute, 3 * minute, 4 * minute])
    expect(book.isEmpty).toBe(true)
  })

  test('that could not be delivered merge with what came since', () => {
    const book = new RollupBook()
    count(book, 1)
    const taken = book.take()
    count(book, 2)
    book.putBack(taken)
    expect(book.take().rollups).toMatchObject([{ minute: 0, requests: 2 }])
  })

  test('are bounded: the oldest go, and their requests are counted as dropped', () => {
    const book = new RollupBook(2)
    count(book, 0)
    count(book, 0)
    count(book, minute)
    count(book, 2 * minute)
    const taken = book.take()
    expect(taken.rollups.map((sum) => sum.minute)).toEqual([minute, 2 * minute])
    expect(taken.requestsDropped).toBe(2)
    book.putBack(taken)
    expect(book.take().requestsDropped).toBe(2)
  })

  test('that are remembered are found again after the minute, a report and a report that failed', () => {
    const book = new RollupBook()
    const slot = new RollupSlot()
    const add = (now: number) => {
      book.remembered(slot, now, 's', 't').requests += 1
    }
    add(1)
    add(2)
    add(minute)
    const taken = book.take()
    expect(taken.rollups.map(({ requests }) => requests)).toEqual([2, 1])
    add(minute + 1)
    book.putBack(taken)
    add(minute + 2)
    expect(book.take().rollups.map((sum) => [sum.minute, sum.requests])).toEqual([
      [0, 2],
      [minute, 3],
    ])
  })

  test('that are remembered never bring back what the full book has dropped', () => {
    const book = new RollupBook(1)
    const first = new RollupSlot()
    const second = new RollupSlot()
    for (let round = 0; round < 3; round++) {
      book.remembered(first, 1, 'one', 't').requests += 1
      book.remembered(second, 1, 'two', 't').requests += 1
    }
    expect(book.take()).toMatchObject({ rollups: [{ serviceId: 'two', requests: 1 }], requestsDropped: 5 })
  })
})
