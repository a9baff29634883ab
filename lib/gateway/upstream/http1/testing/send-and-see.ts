import type { Http1Upstream } from '@/lib/gateway/upstream/http1/http1-upstream.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'

export interface SeenAnswer {
  statuses: number[]
  fields: string[]
  body: string
  trailers: string[] | null
  error: (Error & { code?: string; isStale?: boolean }) | null
  isOver: boolean
  isUpgraded: boolean
  abort: (reason: Error) => void
  resume: () => void
}

export const plainRequest: UpstreamRequest = {
  method: 'GET',
  path: '/',
  headers: [],
  body: null,
  contentLength: null,
  isUpgrade: false,
  bodyTimeoutMs: 60_000,
  trailers: null,
}

/** Sends a request and notes what its handler is told. Throws in the handler where an answer ends twice. */
export function sendAndSee(
  upstream: Http1Upstream,
  request: Partial<UpstreamRequest> = {},
  takesData = () => true,
): SeenAnswer {
  const answer: SeenAnswer = {
    statuses: [],
    fields: [],
    body: '',
    trailers: null,
    error: null,
    isOver: false,
    isUpgraded: false,
    abort: () => {},
    resume: () => {},
  }
  upstream.dispatch(
    { ...plainRequest, ...request },
    {
      onConnect: (abort) => {
        answer.abort = abort
      },
      onHeaders: (status, fields, resume) => {
        answer.statuses.push(status)
        answer.fields = fields.map(String)
        answer.resume = resume
        return true
      },
      onData: (chunk) => {
        answer.body += chunk.toString('latin1')
        return takesData()
      },
      onComplete: (trailers) => {
        answer.trailers = trailers === null ? null : trailers.map(String)
        answer.isOver = true
      },
      onUpgrade: (_status, _fields, socket) => {
        answer.isUpgraded = true
        answer.isOver = true
        socket.on('data', (bytes: Buffer) => {
          answer.body += bytes.toString('latin1')
        })
      },
      onError: (error) => {
        if (answer.isOver) throw new Error('An answer ended twice.')
        answer.error = error
        answer.isOver = true
      },
    },
  )
  return answer
}
