import { expect, test } from 'vitest'
import { askInTurn, asksMax } from './ask-in-turn.ts'

test('turns a workspace away that asks too much at once, no other one, and not for longer', async () => {
  const waiting: Array<(fails: boolean) => void> = []
  const ask = () =>
    new Promise<string>((resolve, reject) => {
      waiting.push((fails) => (fails ? reject(new Error('It failed.')) : resolve('answered')))
    })
  const asked = Array.from({ length: asksMax }, () => askInTurn('one', ask))
  await expect(askInTurn('one', ask)).rejects.toMatchObject({
    code: 'rate_limited',
    options: { retryAfterSeconds: 2 },
  })
  expect(waiting).toHaveLength(asksMax)
  expect(await askInTurn('other', async () => 'answered')).toBe('answered')
  waiting[0]?.(true)
  await expect(asked[0]).rejects.toThrow('It failed.')
  expect(await askInTurn('one', async () => 'answered')).toBe('answered')
  for (const end of waiting.slice(1)) end(false)
  expect(await Promise.all(asked.slice(1))).toEqual(Array(asksMax - 1).fill('answered'))
})
