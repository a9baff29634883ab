import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { SeenSignatures } from './seen-signatures.ts'

const signature = (name: number | string) => hash('sha256', String(name), 'buffer')

test('knows each signature as long as it counts, and no longer', () => {
  const seen = new SeenSignatures()
  expect(seen.add(signature('a'), 400, 100)).toBe('new')
  expect(seen.add(signature('b'), 400, 100)).toBe('new')
  expect(seen.add(signature('a'), 400, 100)).toBe('seen')
  expect(seen.add(signature('a'), 400, 400)).toBe('seen')
  expect(seen.add(signature('a'), 500, 401)).toBe('new')
  expect(seen.add(signature('a'), 500, 402)).toBe('seen')
})

test('forgets none that counts while it grows', () => {
  const seen = new SeenSignatures()
  const count = 20_000
  const all = Array.from({ length: count }, (_, index) => signature(index))
  expect(all.every((one, index) => seen.add(one, 1_000 + (index % 7), 100) === 'new')).toBe(true)
  expect(all.every((one) => seen.add(one, 1_007, 1_000) === 'seen')).toBe(true)
})

test('holds no more than it may, and takes more once others have run out', () => {
  const seen = new SeenSignatures(1_024)
  let taken = 0
  while (taken < 5_000 && seen.add(signature(taken), 200, 100) === 'new') taken += 1
  expect(taken).toBe(768)
  expect(seen.add(signature('more'), 300, 150)).toBe('full')
  expect(seen.add(signature(0), 200, 200)).toBe('full')
  expect(seen.add(signature('more'), 300, 201)).toBe('new')
  expect(seen.add(signature('more'), 300, 201)).toBe('seen')
  expect(seen.add(signature(0), 500, 201)).toBe('new')
})
