import { expect, test } from 'vitest'
import { openTicket, type SelfTestTicket, sealTicket, selfTestKey } from './self-test-ticket.ts'

const key = selfTestKey(Buffer.alloc(32, 7), 'shared')
const contents: SelfTestTicket = {
  modelApiId: 'mapi_1',
  plugin: 'rateLimits',
  rule: 0,
  spend: 60,
  nonce: 'n1',
  expiresAt: 2_000,
}

test('a ticket says what was sealed in it, until its time is over', () => {
  const sealed = sealTicket(key, contents)
  expect(openTicket(key, sealed, 2_000)).toEqual(contents)
  expect(openTicket(key, sealed, 2_001)).toBeNull()
})

test('keys differ by gateway and by master key', () => {
  expect(selfTestKey(Buffer.alloc(32, 7), 'gw_1')).not.toBe(key)
  expect(selfTestKey(Buffer.alloc(32, 8), 'shared')).not.toBe(key)
})

test('what another key made, or what was changed, is no ticket', () => {
  const sealed = sealTicket(key, contents)
  expect(openTicket(selfTestKey(Buffer.alloc(32, 7), 'gw_1'), sealed, 0)).toBeNull()
  const [text, proof] = sealed.split('.')
  const other = Buffer.from(JSON.stringify({ ...contents, modelApiId: 'mapi_2' })).toString('base64url')
  const forged = [`${other}.${proof}`, `${text}.`, `${text}`, '', '.', 'a.b', `${text}.${proof}AAAA`]
  expect(forged.map((one) => openTicket(key, one, 0))).toEqual(forged.map(() => null))
})
