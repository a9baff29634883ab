import { request } from 'undici'
import { readStart } from '@/lib/console/read-start.ts'
import type { TestRequestResult } from '@/lib/domain/test-request.ts'

/** Bytes of an answer that the panel shows. */
const shownBytesMax = 2048
const waitMs = 60_000

export interface TestRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly token: string
  readonly body: string | null
  readonly requestId: string
}

/** One call over the wire. Never throws for what the other side did: a missing answer is a result too. */
export async function sendTestRequest(test: TestRequest): Promise<TestRequestResult> {
  const started = performance.now()
  const durationMs = () => Math.round((performance.now() - started) * 10) / 10
  try {
    const response = await request(test.url, {
      method: test.method,
      headers: {
        authorization: test.token,
        'x-request-id': test.requestId,
        ...(test.body !== null && { 'content-type': 'application/json' }),
      },
      body: test.method === 'GET' ? null : (test.body ?? ''),
      headersTimeout: waitMs,
      bodyTimeout: waitMs,
    })
    const { text, truncated } = await readStart(response.body, shownBytesMax)
    return {
      url: test.url,
      status: response.statusCode,
      durationMs: durationMs(),
      contentType: single(response.headers['content-type']),
      requestId: single(response.headers['x-request-id']),
      errorSource: single(response.headers['x-switchyard-error-source']),
      body: text,
      truncated,
      failure: null,
    }
  } catch (error) {
    return { ...noAnswer, url: test.url, durationMs: durationMs(), failure: failureOf(error, test.url) }
  }
}

const noAnswer = {
  status: null,
  contentType: null,
  requestId: null,
  errorSource: null,
  body: '',
  truncated: false,
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}

function failureOf(error: unknown, url: string): string {
  const { host } = new URL(url)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return `Connection refused at ${host}`
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return `No answer from ${host} within ${waitMs / 1000} s`
  }
  return `The connection to ${host} broke${code ? ` (${code})` : ''}`
}
