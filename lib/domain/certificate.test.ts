import { describe, expect, test } from 'vitest'
import { coversName } from './certificate.ts'

describe('the names of a certificate', () => {
  const names = ['api.example.com', '*.apps.example.com']

  test.each([
    ['api.example.com', true],
    ['chat.apps.example.com', true],
    ['*.apps.example.com', true],
    ['apps.example.com', false],
    ['a.b.apps.example.com', false],
    ['example.com', false],
    ['*.example.com', false],
    ['com', false],
  ])('cover %s: %s', (domain, covers) => {
    expect(coversName(names, domain)).toBe(covers)
  })
})
