import { describe, expect, test } from 'vitest'
import { asciiDomain } from './domain-name.ts'

describe('a domain name', () => {
  test.each([
    ['api.example.com', 'api.example.com'],
    ['API.Example.COM.', 'api.example.com'],
    ['*.example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['模型.公司', 'xn--xgs754b.xn--55qx5d'],
    ['*.BÜCHER.example', '*.xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('%s is %s', (written, ascii) => {
    expect(asciiDomain(written)).toBe(ascii)
  })

  test.each([
    '',
    'localhost',
    '10.0.0.1',
    '[::1]',
    'api.example.com:8080',
    'https://api.example.com',
    'api.example.com/v1',
    'a*.example.com',
    '*.*.example.com',
    '*',
    '-a.example.com',
    'a..example.com',
    'user@example.com',
    'under_score.example.com',
    '0x7f.1',
    `${'a'.repeat(64)}.example.com`,
    `${'a.'.repeat(130)}com`,
  ])('%j is none', (written) => {
    expect(asciiDomain(written)).toBeNull()
  })
})
