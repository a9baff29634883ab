import { describe, expect, test } from 'vitest'
import { readProxyHeader } from '@/lib/gateway/listener/proxy-protocol.ts'

const v4 = '\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\x7f\x00\x00\x01\x0a\x00\x00\x01\x30\x39\x00\x50'

describe('A PROXY protocol header', () => {
  test('is incomplete at every place where it can be cut', () => {
    for (let end = 0; end < v4.length; end++) {
      expect(readProxyHeader(Buffer.from(v4.slice(0, end), 'latin1'))).toEqual({ kind: 'incomplete' })
    }
    expect(readProxyHeader(Buffer.from(`${v4}GET`, 'latin1'))).toEqual({
      kind: 'valid',
      byteLength: v4.length,
      address: '127.0.0.1',
    })
  })

  test('is known for none by its first wrong byte', () => {
    expect(readProxyHeader(Buffer.from('\r\nG'))).toEqual({ kind: 'invalid' })
    expect(readProxyHeader(Buffer.from('G'))).toEqual({ kind: 'invalid' })
  })

  test('names an IPv6 address as a socket does', () => {
    const address = `\x20\x01\x0d\xb8${'\0'.repeat(11)}\x07`
    const text = `${v4.slice(0, 13)}\x21\x00\x24${address}${address}\0\0\0\0`
    expect(readProxyHeader(Buffer.from(text, 'latin1'))).toMatchObject({ address: '2001:db8::7' })
  })

  test('of a Unix socket is passed over', () => {
    const text = `${v4.slice(0, 13)}\x31\x00\xd8${'\0'.repeat(216)}`
    expect(readProxyHeader(Buffer.from(text, 'latin1'))).toMatchObject({ kind: 'valid', address: null })
  })
})
