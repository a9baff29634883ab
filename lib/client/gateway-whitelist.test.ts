import { expect, test } from 'vitest'
import {
  blockOfAddress,
  blockSize,
  changedBlocks,
  isEverybody,
  isPrivate,
  locksOut,
  readWritten,
  repairAll,
  repairWritten,
} from './gateway-whitelist.ts'

const listed = [
  { cidr: '192.0.2.0/24', note: 'Office' },
  { cidr: '203.0.113.4/32', note: '' },
]

test('changes only what was asked for', () => {
  expect(changedBlocks(listed, { remove: ['192.0.2.0/24'] })).toEqual([{ cidr: '203.0.113.4/32', note: '' }])
  expect(changedBlocks(listed, { add: [{ cidr: '198.51.100.0/24', note: 'CI' }] })).toEqual([
    ...listed,
    { cidr: '198.51.100.0/24', note: 'CI' },
  ])
  expect(changedBlocks(listed, { add: [{ cidr: '192.0.2.0/24', note: 'again' }] })).toEqual(listed)
  expect(changedBlocks(listed, { rename: { cidr: '203.0.113.4/32', note: 'Home' } })).toEqual([
    listed[0],
    { cidr: '203.0.113.4/32', note: 'Home' },
  ])
  expect(changedBlocks(listed, { rename: { cidr: '198.51.100.0/24', note: 'gone meanwhile' } })).toEqual(
    listed,
  )
})

test('judges what is written beside what is listed', () => {
  const cidrs = listed.map(({ cidr }) => cidr)
  const { examined, valid, acceptable } = readWritten(
    '198.51.100.0/24, 198.51.100.77/24\n192.0.2.7/32,office,198.51.100.9',
    cidrs,
  )
  expect(examined.map(({ state }) => state)).toEqual([
    'valid',
    'duplicate',
    'contained',
    'invalid',
    'contained',
  ])
  expect(valid).toEqual(['198.51.100.0/24'])
  expect(acceptable).toBe(false)
  expect(readWritten('198.51.100.0/24', cidrs).acceptable).toBe(true)
  expect(readWritten(' \n', cidrs).acceptable).toBe(false)
  expect(readWritten('198.51.100.7', cidrs).examined).toMatchObject([{ state: 'fixed', why: 'address' }])
})

test('repairs one entry, or all of them', () => {
  const written = '198.51.100.7\n192.0.2.9, office'
  expect(repairWritten(written, 0, '198.51.100.7/32')).toBe('198.51.100.7/32\n192.0.2.9\noffice')
  expect(repairWritten(written, 1, null)).toBe('198.51.100.7\noffice')
  expect(repairAll(written, ['192.0.2.0/24'])).toBe('198.51.100.7/32\noffice')
  expect(repairAll('10.1.2.3/8,10.0.0.0/8', [])).toBe('10.0.0.0/8')
})

test.each([
  ['0.0.0.0/0', true],
  ['::/0', true],
  ['10.0.0.0/8', false],
])('knows that %s admits everybody: %s', (cidr, expected) => expect(isEverybody(cidr)).toBe(expected))

test.each([
  ['10.0.0.0/8', true],
  ['172.20.0.0/16', true],
  ['fd00::/8', true],
  ['192.0.2.0/24', false],
  ['0.0.0.0/0', false],
  ['2001:db8::/32', false],
])('knows that %s never comes from the Internet: %s', (cidr, expected) =>
  expect(isPrivate(cidr)).toBe(expected),
)

test('narrows a list that admits everybody, and widens one that does not', () => {
  expect(readWritten('198.51.100.0/24', ['0.0.0.0/0', '::/0'])).toMatchObject({
    valid: ['198.51.100.0/24'],
    replaces: ['0.0.0.0/0'],
    acceptable: true,
  })
  expect(readWritten('192.0.0.0/16', ['192.0.2.0/24', '203.0.113.4/32']).replaces).toEqual(['192.0.2.0/24'])
  expect(readWritten('0.0.0.0/0', ['0.0.0.0/0']).examined).toMatchObject([{ state: 'duplicate' }])
  expect(readWritten('nonsense', ['0.0.0.0/0']).replaces).toEqual([])
})

test('sees who would lose access', () => {
  const blocks = [...listed, { cidr: '203.0.113.0/24', note: '' }]
  const removed = { remove: ['203.0.113.0/24'] }
  expect(locksOut([{ cidr: '203.0.113.0/24', note: '' }], removed, '203.0.113.4')).toBe(true)
  expect(locksOut(blocks, removed, '203.0.113.4')).toBe(false)
  expect(locksOut(blocks, removed, '198.51.100.1')).toBe(false)
  expect(locksOut(blocks, removed, null)).toBe(false)
})

test('says how large a block is', () => {
  expect(blockSize('192.0.2.0/24')).toEqual({ count: 256 })
  expect(blockSize('0.0.0.0/0')).toBe('all')
  expect(blockSize('2001:db8::/32')).toEqual({ exponent: 96 })
  expect(blockOfAddress('203.0.113.4')).toBe('203.0.113.4/32')
  expect(blockOfAddress('::1')).toBe('::1/128')
  expect(blockOfAddress('nowhere')).toBeNull()
})
