import { describe, expect, test } from 'vitest'
import { readJsonBody, requestBodyBytesMax } from './read-json-body.ts'

function post(body: BodyInit, type = 'application/json'): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': type } })
}

describe('a request body', () => {
  test('may be absent', async () => {
    expect(await readJsonBody(new Request('http://localhost/', { method: 'POST' }))).toBeUndefined()
  })

  test('may carry JSON under a type of its own', async () => {
    expect(await readJsonBody(post('{"a":1}', 'application/merge-patch+json; charset=utf-8'))).toEqual({
      a: 1,
    })
  })

  test('takes the last of two equal keys, as every JSON reader here does', async () => {
    expect(await readJsonBody(post('{"a":1,"a":2}'))).toEqual({ a: 2 })
  })

  test.each([
    ['not JSON', '{"a":', 'malformed_request'],
    ['__proto__ at any depth', '{"a":[{"__proto__":{"x":1}}]}', 'malformed_request'],
    ['a NUL character', '{"a":"\\u0000"}', 'malformed_request'],
    ['half a surrogate pair', '{"\\ud800":1}', 'malformed_request'],
  ])('with %s is refused', async (_what, text, code) => {
    await expect(readJsonBody(post(text))).rejects.toMatchObject({ code })
  })

  test('of another type is refused, so that a plain form cannot forge one', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      await expect(readJsonBody(post('{}', type))).rejects.toMatchObject({ code: 'unsupported_media_type' })
    }
  })

  test('that is not UTF-8 is refused', async () => {
    await expect(readJsonBody(post(new Uint8Array([0x22, 0xff, 0x22])))).rejects.toMatchObject({
      code: 'malformed_request',
    })
  })

  test('over 1 MiB is refused without reading it to the end', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    await expect(readJsonBody(request)).rejects.toMatchObject({ code: 'body_too_large' })
    expect(pulled * 65_536).toBeLessThan(requestBodyBytesMax * 2)
  })
})
