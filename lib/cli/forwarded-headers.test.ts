import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import { parseTrustedProxies, setForwardedHeaders } from './forwarded-headers.ts'

function forwarded(headers: IncomingHttpHeaders, remoteAddress: string, trusted = '') {
  const copy: IncomingHttpHeaders = { host: 'console.example', ...headers }
  setForwardedHeaders(copy, { remoteAddress }, parseTrustedProxies(trusted))
  return {
    for: copy['x-forwarded-for'],
    proto: copy['x-forwarded-proto'],
    host: copy['x-forwarded-host'],
    all: copy,
  }
}

describe('a client that talks to us directly', () => {
  test('is known by its socket, whatever it claims', () => {
    const claims = {
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      forwarded: 'for=1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'cf-connecting-ip': '1.2.3.4',
    }
    const result = forwarded(claims, '203.0.113.9')
    expect(result).toMatchObject({ for: '203.0.113.9', proto: 'http', host: 'console.example' })
    expect(Object.keys(result.all).sort()).toEqual([
      'host',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
    ])
  })

  test('has one form of address on dual-stack sockets', () => {
    expect(forwarded({}, '::ffff:203.0.113.9').for).toBe('203.0.113.9')
  })
})

describe('a client behind proxies that we trust', () => {
  test('is the right-most hop that is not ours', () => {
    const header = { 'x-forwarded-for': '6.6.6.6, 198.51.100.7, 10.0.0.2' }
    expect(forwarded(header, '10.0.0.1', '10.0.0.0/8').for).toBe('198.51.100.7')
  })

  test('may speak through several header lines, ports and IPv6', () => {
    const header = { 'x-forwarded-for': '[2001:db8::7]:4711' }
    expect(forwarded(header, '::1', '::1').for).toBe('2001:db8::7')
  })

  test('is the last honest hop when the list turns to nonsense', () => {
    expect(forwarded({ 'x-forwarded-for': 'junk, 10.0.0.3' }, '10.0.0.1', '10.0.0.0/8').for).toBe('10.0.0.3')
    expect(forwarded({ 'x-forwarded-for': 'junk' }, '10.0.0.1', '10.0.0.0/8').for).toBe('10.0.0.1')
  })

  test('keeps the scheme and host that the proxy saw', () => {
    const header = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'public.example' }
    expect(forwarded(header, '10.0.0.1', '10.0.0.1')).toMatchObject({
      proto: 'https',
      host: 'public.example',
    })
    expect(forwarded({ 'x-forwarded-proto': 'gopher' }, '10.0.0.1', '10.0.0.1').proto).toBe('http')
  })
})

test('a list of proxies that is none is refused by name', () => {
  expect(() => parseTrustedProxies('10.0.0.0/8, 300.1.1.1')).toThrow('SWITCHYARD_TRUSTED_PROXIES: 300.1.1.1')
})
