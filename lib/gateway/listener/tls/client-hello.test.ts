import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { readClientHello } from '@/lib/gateway/listener/tls/client-hello.ts'
import { recordClientHello } from '@/lib/gateway/testing/client-hello.ts'

let named: Buffer
let nameless: Buffer

beforeAll(async () => {
  named = await recordClientHello('One.Test')
  nameless = await recordClientHello('')
})

/** The same message in records of at most this many bytes. */
function fragmented(hello: Buffer, bytesMax: number): Buffer {
  const message = hello.subarray(5)
  const records: Buffer[] = []
  for (let at = 0; at < message.length; at += bytesMax) {
    const fragment = message.subarray(at, at + bytesMax)
    records.push(Buffer.from([22, 3, 1, fragment.length >> 8, fragment.length & 0xff]), fragment)
  }
  return Buffer.concat(records)
}

function hello(extensions: Buffer): Buffer {
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32),
    Buffer.from([0, 0, 2, 0x13, 0x01, 1, 0]),
    Buffer.from([extensions.length >> 8, extensions.length & 0xff]),
    extensions,
  ])
  const message = Buffer.concat([Buffer.from([1, 0, body.length >> 8, body.length & 0xff]), body])
  return Buffer.concat([Buffer.from([22, 3, 1, message.length >> 8, message.length & 0xff]), message])
}

describe('The name in a ClientHello', () => {
  test('is read in lower case; there may be none', () => {
    expect(readClientHello(named)).toEqual({ protocol: 'tls', serverName: 'one.test' })
    expect(readClientHello(nameless)).toEqual({ protocol: 'tls', serverName: null })
  })

  test('has no dot at its end', () => {
    const name = Buffer.from('one.test.')
    const list = Buffer.concat([Buffer.from([0, name.length + 3, 0, 0, name.length]), name])
    const extensions = Buffer.concat([Buffer.from([0, 0, 0, list.length]), list])
    expect(readClientHello(hello(extensions))).toEqual({ protocol: 'tls', serverName: 'one.test' })
  })

  test('is known once the message is whole, however it is cut', () => {
    for (let end = 0; end < named.length; end++) expect(readClientHello(named.subarray(0, end))).toBeNull()
  })

  test('is found in a message that is spread over records', () => {
    for (const size of [1, 3, 7, 100]) {
      const bytes = fragmented(named, size)
      expect(readClientHello(bytes)).toEqual({ protocol: 'tls', serverName: 'one.test' })
      expect(readClientHello(bytes.subarray(0, bytes.length - 1))).toBeNull()
    }
  })

  test('is not put together before it is whole, so that a thousand crumbs cost no more than they weigh', () => {
    const message = Buffer.concat([Buffer.from([1, 0, 0x70, 0]), Buffer.alloc(5_000)])
    const bytes = fragmented(Buffer.concat([Buffer.alloc(5), message]), 1)
    const copying = vi.spyOn(Buffer, 'concat')
    expect(readClientHello(bytes)).toBeNull()
    expect(copying).not.toHaveBeenCalled()
    copying.mockRestore()
  })
})

describe('What is no ClientHello', () => {
  test.each([
    ['a request', Buffer.from('GET / HTTP/1.1\r\n')],
    ['another record', Buffer.from([23, 3, 3, 0, 1, 0])],
    ['SSL 2', Buffer.from([0x80, 0x2e, 1, 0, 2])],
    ['an empty record', Buffer.from([22, 3, 1, 0, 0])],
    ['another message', Buffer.from([22, 3, 1, 0, 4, 2, 0, 0, 0])],
    ['a length beyond all sense', Buffer.from([22, 3, 1, 0, 4, 1, 255, 255, 255])],
    [
      'endless fragments',
      Buffer.concat(Array.from({ length: 9_000 }, () => Buffer.from([22, 3, 1, 0, 1, 1]))),
    ],
  ])('is known for none: %s', (_what, bytes) => {
    expect(readClientHello(bytes)).toBe('unknown')
  })

  test('never throws, whatever a length claims', () => {
    fc.assert(
      fc.property(fc.nat({ max: named.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const bytes = Buffer.from(named)
        bytes[at] = value
        readClientHello(bytes)
      }),
      { numRuns: 3_000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (extensions) => {
        readClientHello(hello(Buffer.from(extensions)))
      }),
    )
  })
})
