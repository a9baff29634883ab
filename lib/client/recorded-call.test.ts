import { describe, expect, test } from 'vitest'
import type { RequestDetail } from '@/lib/domain/request-record.ts'
import { recordedCall, recordedCurl } from './recorded-call.ts'
import { requestCurl } from './snippets/request-curl.ts'

const path = '/v1/chat/completions'
const api = {
  id: 'mapi_1',
  basePath: '/team',
  useCase: 'text',
  protocol: 'openai',
  disabledRoutes: [],
  addresses: [{ path, url: `http://api.test/team${path}` }],
  plugins: { authorization: { enabled: true } },
} as unknown as Parameters<typeof recordedCall>[0]

const recorded = (content: string, change: object = {}): RequestDetail['request'] => ({
  ...{ state: 'recorded', encoding: 'text', content, bytes: content.length, isCut: false },
  ...change,
})

const detail = (change: Partial<RequestDetail> = {}) =>
  ({
    modelApi: { id: 'mapi_1', name: 'chat' },
    method: 'POST',
    path: `/team${path}`,
    route: path,
    request: recorded('{"model":"it\'s"}'),
    ...change,
  }) as RequestDetail

describe('a recorded request', () => {
  test('is made again with its body, and with a variable for the key', () => {
    const call = recordedCall(api, detail())
    expect(call).toMatchObject({ method: 'POST', path, body: { state: 'text', text: '{"model":"it\'s"}' } })
    const curl = call && recordedCurl(api, call)
    const text = curl === null ? '' : requestCurl(curl)
    expect(text).toContain(`http://api.test/team${path}`)
    expect(text).toContain('"authorization: Bearer $CONSUMER_KEY"')
    expect(text).toContain('{"model":"it')
  })

  test.each([
    ['absent', { state: 'not-recorded' }],
    ['absent', { state: 'forbidden' }],
    ['cut', recorded('{"mod', { isCut: true, bytes: 100_000 })],
    ['not-text', recorded('AAAA', { encoding: 'base64' })],
    ['not-text', recorded('--boundary\r\n')],
  ] as const)('is no command without its whole body: %s', (state, request) => {
    const call = recordedCall(api, detail({ request: request as RequestDetail['request'] }))
    expect(call?.body).toEqual({ state })
    expect(call && recordedCurl(api, call)).toBeNull()
  })

  test('of what needs no body is a command without one', () => {
    const comfyUi = { ...api, useCase: 'image', protocol: 'comfyui' } as typeof api
    const request = { state: 'not-recorded' } as const
    const call = recordedCall(
      comfyUi,
      detail({ method: 'GET', route: '/extensions', path: '/team/extensions', request }),
    )
    expect(call?.body).toEqual({ state: 'none' })
    expect(recordedCall(api, detail({ request: recorded('') }))?.body).toEqual({ state: 'none' })
  })

  test('is nothing where the API takes it no more', () => {
    expect(recordedCall({ ...api, basePath: '/moved' }, detail())).toBeNull()
    expect(recordedCall({ ...api, disabledRoutes: ['chat-completions'] }, detail())).toBeNull()
    expect(recordedCall(api, detail({ route: null }))).toBeNull()
    expect(recordedCall({ ...api, id: 'mapi_2' }, detail())).toBeNull()
    expect(recordedCall({ ...api, basePath: '/' }, detail())).toMatchObject({ path: `/team${path}` })
  })
})
