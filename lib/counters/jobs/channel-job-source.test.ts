import { expect, test, vi } from 'vitest'
import { JobBook } from './job-book.ts'
import { JobKeeper } from './job-keeper.ts'
import { JobLink } from './testing/job-link.ts'

function linked(count: number, patienceMs?: number) {
  const book = new JobBook()
  const keeper = new JobKeeper(book)
  const links = Array.from({ length: count }, () => new JobLink(patienceMs))
  for (const link of links) keeper.attach(link.child)
  const [a, b] = links
  if (a === undefined) throw new Error('There is one at least.')
  return { book, a, b: b ?? a }
}

test('what one node has told, another one finds', async () => {
  const { a, b } = linked(2)
  await a.source.remember('api', ['id 1', 'id 2'], 'svc_a')
  expect(await b.source.find('api', ['id 2', 'id 3', 'id 1'])).toEqual(['svc_a', null, 'svc_a'])
  expect(await b.source.find('another', ['id 1'])).toEqual([null])
})

test('of two nodes that claim the same at once, one has it, and both know', async () => {
  const { a, b } = linked(2)
  const names = ['client 1', 'caller 1']
  const seen = [null, null]
  const holders = await Promise.all([
    a.source.claim('api', names, seen, 'svc_a'),
    b.source.claim('api', names, seen, 'svc_b'),
  ])
  expect(holders).toEqual(['svc_a', 'svc_a'])
  expect(await b.source.find('api', names)).toEqual(['svc_a', 'svc_a'])
})

test('while nobody answers a node goes by what it has seen, and tells it afterwards', async () => {
  const { a, b, book } = linked(2, 20)
  await vi.waitFor(async () => {
    // The machine may be too busy for this patience.
    await a.source.remember('api', ['id 1'], 'svc_a')
    expect(a.source.isAway).toBe(false)
  })
  a.changes.length = 0
  a.stall()
  expect(await a.source.find('api', ['id 1', 'id 2'])).toEqual(['svc_a', null])
  expect(a.source.isAway).toBe(true)
  await a.source.remember('api', ['id 2'], 'svc_b')
  expect(await a.source.claim('api', ['client 1'], [null], 'svc_c')).toBe('svc_c')
  expect(book.find('api', ['id 2', 'client 1'])).toEqual([null, null])
  a.goOn()
  await vi.waitFor(() => expect(book.find('api', ['id 2', 'client 1'])).toEqual(['svc_b', 'svc_c']))
  expect(a.changes.slice(0, 2)).toEqual([true, false])
  await vi.waitFor(async () => expect(await b.source.find('api', ['id 2'])).toEqual(['svc_b']))
})

test('what is no message is nobody’s concern', async () => {
  const { a } = linked(1)
  for (const message of [
    null,
    'jobs',
    { type: 'jobs' },
    { type: 'jobs', id: -1, ask: ['find', 'api', []] },
  ]) {
    a.child.send(message as object, () => {})
  }
  await a.source.remember('api', ['id 1'], 'svc_a')
  expect(await a.source.find('api', ['id 1'])).toEqual(['svc_a'])
})

test('a node that ends lets nobody wait', async () => {
  const { a } = linked(1)
  a.stall()
  const waiting = a.source.find('api', ['id 1'])
  a.source.close()
  expect(await waiting).toEqual([null])
})
