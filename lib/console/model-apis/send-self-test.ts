import { Agent, type Dispatcher, request } from 'undici'
import { readStart } from '@/lib/console/read-start.ts'
import type { SelfTestSight } from '@/lib/domain/plugin-self-test.ts'
import { selfTestHeader } from '@/lib/snapshot/self-test-ticket.ts'
import type { SelfTestDoor } from './self-test-door.ts'

const waitMs = 10_000
const answerBytesMax = 16_384

/** A sight, and whether it was a node of ours that answered so. */
export interface SelfTestAnswer extends SelfTestSight {
  readonly hasPassed: boolean
}

/** One connection, so that one node gets all requests of a check. A certificate that this machine does not trust may be right for those who call. */
export function openDoor({ host }: SelfTestDoor): Agent {
  return new Agent({
    connections: 1,
    pipelining: 1,
    connect: { servername: host, rejectUnauthorized: false },
  })
}

/** One call over the wire. Never throws for what the other side did. */
export async function sendSelfTest(
  dispatcher: Dispatcher,
  { origin, host, method, path }: SelfTestDoor,
  ticket: string,
  body: string,
  requestId: string,
): Promise<SelfTestAnswer> {
  const { protocol, port } = new URL(origin)
  const url = `${protocol}//${host}:${port}${path}`
  const began = performance.now()
  try {
    const answer = await request(origin + path, {
      dispatcher,
      method: method as 'POST',
      headers: {
        host,
        'content-type': 'application/json',
        'x-request-id': requestId,
        [selfTestHeader]: ticket,
      },
      body: method === 'POST' ? body : null,
      headersTimeout: waitMs,
      bodyTimeout: waitMs,
    })
    const { text } = await readStart(answer.body, answerBytesMax)
    return {
      url,
      status: answer.statusCode,
      code: answer.headers['x-switchyard-error-source'] === undefined ? null : codeOf(text),
      requestId,
      durationMs: elapsed(began),
      failure: null,
      hasPassed: answer.headers[selfTestHeader] === 'passed',
    }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'the connection broke'
    const failure = `No answer from ${new URL(origin).host} (${reason})`
    return { url, status: null, code: null, requestId, durationMs: elapsed(began), failure, hasPassed: false }
  }
}

function elapsed(began: number): number {
  return Math.round((performance.now() - began) * 10) / 10
}

/** In OpenAI's form the error has a code, in Anthropic's a type alone. */
function codeOf(text: string): string | null {
  try {
    const { error } = JSON.parse(text) as {
      readonly error?: { readonly code?: string; readonly type?: string }
    }
    return error?.code ?? error?.type ?? null
  } catch {
    return null
  }
}
