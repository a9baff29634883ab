import { describe, expect, test } from 'vitest'
import { examineBlocks, splitBlocks, whitelistInput } from './whitelist.ts'

describe('a whitelist', () => {
  test('is pasted with commas or line feeds', () => {
    expect(splitBlocks('10.0.0.0/8, 192.0.2.0/24\r\n\n2001:db8::/32,')).toEqual([
      '10.0.0.0/8',
      '192.0.2.0/24',
      '2001:db8::/32',
    ])
  })

  test('tells of each block what it is', () => {
    const states = examineBlocks([
      '10.0.0.0/8',
      '10.1.0.0/16',
      '192.0.2.9',
      '192.0.2.9/32',
      '10.0.0.1/8',
      'office',
      '198.51.100.7/24',
    ])
    expect(states).toMatchObject([
      { state: 'valid' },
      { state: 'contained', by: '10.0.0.0/8' },
      { state: 'fixed', why: 'address', cidr: { text: '192.0.2.9/32' } },
      { state: 'duplicate' },
      { state: 'duplicate' },
      { state: 'invalid', text: 'office' },
      { state: 'fixed', why: 'host-bits', cidr: { text: '198.51.100.0/24' } },
    ])
  })

  test('takes blocks as they are meant, and names those that are of no use', () => {
    expect(whitelistInput.parse([{ cidr: '10.0.0.0/8' }])).toEqual([{ cidr: '10.0.0.0/8', note: '' }])
    const refused = whitelistInput.safeParse([
      { cidr: '10.0.0.0/8' },
      { cidr: '10.2.0.0/16' },
      { cidr: '10.0.0.0/8' },
      { cidr: '10.9.9.9/9' },
    ])
    const messages = refused.error?.issues.map(({ path, message }) => [path.join('.'), message])
    expect(messages).toContainEqual(['3.cidr', 'This has host bits set; write 10.0.0.0/9.'])
    const lists = whitelistInput.safeParse([
      { cidr: '10.0.0.0/8' },
      { cidr: '10.2.0.0/16' },
      { cidr: '10.0.0.0/8' },
    ])
    expect(lists.error?.issues.map(({ message }) => message)).toEqual([
      '10.2.0.0/16 is already inside 10.0.0.0/8.',
      '10.0.0.0/8 is listed twice.',
    ])
  })
  test('that is too long is refused before its blocks are compared', () => {
    const twins = Array.from({ length: 201 }, () => ({ cidr: '10.0.0.0/8' }))
    expect(whitelistInput.safeParse(twins).error?.issues.map(({ message }) => message)).toEqual([
      'At most 15 address blocks on the Internet side, and 200 on a VPC.',
    ])
  })
})
