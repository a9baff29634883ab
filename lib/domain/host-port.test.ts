import { expect, test } from 'vitest'
import { hostPortComplaints, hostPortText, readHostPort } from './host-port.ts'

test.each([
  ['10.0.0.7:8000', { host: '10.0.0.7', port: 8000, isAddress: true }],
  [' 10.0.0.7:1 ', { host: '10.0.0.7', port: 1, isAddress: true }],
  ['[FD00:0::7]:65535', { host: 'fd00::7', port: 65_535, isAddress: true }],
  ['chat:8000', { host: 'chat', port: 8000, isAddress: false }],
  ['Chat.Internal.:8000', { host: 'chat.internal', port: 8000, isAddress: false }],
  ['my_chat-1.svc:80', { host: 'my_chat-1.svc', port: 80, isAddress: false }],
  ['bücher.example:443', { host: 'xn--bcher-kva.example', port: 443, isAddress: false }],
])('reads %s', (text, value) => {
  expect(readHostPort(text)).toEqual({ ok: true, value })
})

test.each([
  ['10.0.0.7', 'port_missing'],
  ['chat:', 'port_missing'],
  ['[fd00::7]', 'port_missing'],
  ['10.0.0.7:0', 'port'],
  ['10.0.0.7:65536', 'port'],
  ['10.0.0.7:80a', 'port'],
  ['fd00::7:8000', 'brackets'],
  ['[10.0.0.7]:80', 'address'],
  ['[fe80::1%eth0]:80', 'address'],
  ['10.0.0.256:80', 'host'],
  ['10.1:80', 'host'],
  ['010.0.0.7:80', 'host'],
  [':80', 'host'],
  ['a b:80', 'host'],
  ['*.example.com:80', 'host'],
  ['user@chat:80', 'host'],
  ['http://chat:8000/v1', 'not_bare'],
  ['chat:8000/v1', 'not_bare'],
])('refuses %s as %s', (text, code) => {
  expect(readHostPort(text)).toMatchObject({ ok: false, complaint: { code } })
})

test('says what a pasted address should have been', () => {
  expect(readHostPort('http://chat:8000/v1?x')).toMatchObject({
    complaint: { message: 'Write host and port alone: chat:8000', params: { bare: 'chat:8000' } },
  })
})

test.each([
  ['https://api.example/v1', 'api.example:443'],
  ['HTTP://10.0.0.7/', '10.0.0.7:80'],
  ['https://[fd00::7]/v1', '[fd00::7]:443'],
  ['api.example/v1', 'api.example'],
])('takes the port that %s leaves to its scheme', (text, bare) => {
  expect(readHostPort(text)).toMatchObject({ complaint: { params: { bare } } })
})

test('writes IPv6 in brackets', () => {
  expect(hostPortText({ host: 'fd00::7', port: 80 })).toBe('[fd00::7]:80')
  expect(hostPortText({ host: '10.0.0.7', port: 80 })).toBe('10.0.0.7:80')
})

test('offers the other source for what belongs there', () => {
  expect(hostPortComplaints(['chat:80', '10.0.0.5:80'], 'dns')).toEqual([
    {
      index: 1,
      code: 'wrong_source',
      message: '10.0.0.5 is an IP address. Use the source Fixed address for it.',
      params: { source: 'fixed', host: '10.0.0.5' },
    },
  ])
  expect(hostPortComplaints(['chat:80'], 'fixed')).toMatchObject([
    { index: 0, code: 'wrong_source', params: { source: 'dns', host: 'chat' } },
  ])
})

test('finds repetitions however they are written', () => {
  expect(
    hostPortComplaints(['[fd00::7]:80', '10.0.0.1:80', '[fd00:0:0::7]:80', '10.0.0.1:81'], 'fixed'),
  ).toMatchObject([{ index: 2, code: 'repeated', params: { number: 1 } }])
})
