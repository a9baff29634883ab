import { expect, test } from 'vitest'
import { isComposing } from './shortcut-keys.ts'

test('leaves keys to an input method that composes, in old engines too', () => {
  expect(isComposing({ isComposing: true, keyCode: 71 })).toBe(true)
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true)
  expect(isComposing({ isComposing: false, keyCode: 71 })).toBe(false)
})
