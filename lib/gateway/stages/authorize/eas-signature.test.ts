import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isSignedWith, type SignedRequest } from '@/lib/gateway/stages/authorize/eas-signature.ts'

const token = 'test-token'
const base: SignedRequest = {
  method: 'POST',
  url: '/api/predict/demo',
  serviceName: 'demo',
  contentMd5: '5d41402abc4b2a76b9719d911017c592',
  contentType: 'application/octet-stream',
  date: 'Mon, 01 Jan 2024 00:00:00 GMT',
}

/** As an SDK would sign it. */
function sign(request: Partial<SignedRequest> & { path: string }, key = token): string {
  const { contentMd5, contentType, date } = { ...base, ...request }
  return createHmac('sha1', key)
    .update(`POST\n${contentMd5}\n${contentType}\n${date}\n${request.path}`)
    .digest('base64')
}

describe('The published vectors verify', () => {
  test('a body', () => {
    expect(isSignedWith(token, 'fUEprckyv4N28GM335qksy1CpJE=', base)).toBe(true)
  })

  test('no body', () => {
    const request = { ...base, contentMd5: 'd41d8cd98f00b204e9800998ecf8427e' }
    expect(isSignedWith(token, '+SpPOGwGsy+hFiCHIzMDgKWYkJY=', request)).toBe(true)
  })

  test('a digest that lost its leading zero, on a sub-path with a query', () => {
    const contentMd5 = createHash('md5').update('27').digest('hex').replace(/^0+/, '')
    expect(contentMd5).toBe('2e74f10e0327ad868d138f2b4fdd6f0')
    const request = { ...base, contentMd5, url: '/api/predict/demo/v1/x?a=1' }
    expect(isSignedWith(token, 't0oIPKfuRuIwlhJ8yY+E0KuePNk=', request)).toBe(true)
  })
})

describe('A signature is accepted', () => {
  test.each([
    ['over the path without its query', '/api/predict/demo/v1/x', '/api/predict/demo/v1/x?a=1'],
    ['over the path with its query', '/api/predict/demo/v1/x?a=1', '/api/predict/demo/v1/x?a=1'],
    ['over a trailing slash that was cut on the way', '/api/predict/demo/', '/api/predict/demo'],
    ['without the trailing slash that was sent', '/api/predict/demo', '/api/predict/demo/'],
    ['over a slash behind the service that was cut', '/api/predict/demo//v1/x', '/api/predict/demo/v1/x'],
    ['over the tidy path of a doubled one', '/api/predict/demo/v1/x', '/api/predict/demo//v1/x'],
  ])('%s', (_why, path, url) => {
    expect(isSignedWith(token, sign({ path }), { ...base, url })).toBe(true)
  })

  test('when a header of the caller replaced the signed content type', () => {
    const signature = sign({ path: base.url })
    expect(isSignedWith(token, signature, { ...base, contentType: 'application/json' })).toBe(true)
    expect(isSignedWith(token, signature, { ...base, contentType: null })).toBe(true)
  })

  test('whatever the clock says', () => {
    const date = 'Mon, 01 Jan 1990 00:00:00 GMT'
    expect(isSignedWith(token, sign({ path: base.url, date }), { ...base, date })).toBe(true)
  })
})

describe('A signature is refused', () => {
  test.each([
    ['of another token', sign({ path: base.url }, 'other'), base],
    ['over another path', sign({ path: '/api/predict/other' }), base],
    ['over another digest', sign({ path: base.url }), { ...base, contentMd5: '0'.repeat(32) }],
    ['over another date', sign({ path: base.url }), { ...base, date: 'Tue, 02 Jan 2024 00:00:00 GMT' }],
    ['of another method', sign({ path: base.url }), { ...base, method: 'DELETE' }],
    ['that is too short', 'fUEp', base],
    ['that is empty', '', base],
  ])('%s', (_why, signature, request) => {
    expect(isSignedWith(token, signature, request)).toBe(false)
  })
})
