import { expect, test } from 'vitest'
import { runAtOnce, runInSlices, type Steps } from '@/lib/platform/slices.ts'

function* countTo(count: number, work: () => void = () => {}): Steps<number> {
  for (let step = 0; step < count; step++) {
    work()
    yield
  }
  return count
}

/** Work that takes time on the clock. */
function spin(): void {
  const end = performance.now() + 1
  while (performance.now() < end);
}

test('gives back what the steps return, in one go or in slices', async () => {
  expect(runAtOnce(countTo(10_000))).toBe(10_000)
  expect(await runInSlices(countTo(10_000))).toBe(10_000)
})

test('lets others have their turn between slices', async () => {
  const order: string[] = []
  const running = runInSlices(
    countTo(6, () => {
      spin()
      order.push('step')
    }),
    { sliceMs: 2, afterSlice: () => order.push('after') },
  )
  setImmediate(() => order.push('other'))
  await running
  expect(order[0]).toBe('step')
  expect(order.indexOf('other')).toBeLessThan(order.lastIndexOf('step'))
  expect(order.indexOf('after')).toBeLessThan(order.indexOf('other'))
})

test('passes on what a step throws, whichever slice it is in', async () => {
  const failing = countTo(5, () => {
    spin()
    if (performance.now() > failAt) throw new Error('late')
  })
  const failAt = performance.now() + 3
  await expect(runInSlices(failing, { sliceMs: 1 })).rejects.toThrow('late')
})
