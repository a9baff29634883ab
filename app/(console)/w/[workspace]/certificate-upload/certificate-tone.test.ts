import { expect, test } from 'vitest'
import { certificateTone } from './certificate-tone.ts'

test.each([
  [31, 'valid'],
  [30, 'soon'],
  [8, 'soon'],
  [7, 'danger'],
  [0, 'danger'],
  [-1, 'expired'],
])('%i days left is %s', (days, tone) => {
  expect(certificateTone(days)).toBe(tone)
})
