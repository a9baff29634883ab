import type { ServerResponse } from 'node:http'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

export interface StreamServer {
  readonly upstream: Upstream
  readonly open: ReadonlySet<ServerResponse>
  /** Ends every open stream in order, and every one that comes. */
  finish(): void
  close(): Promise<void>
}

/** A model server: `GET` streams numbered events until `finish`, anything else is answered at once. */
export async function startStreamServer({ paceMs }: { paceMs: number }): Promise<StreamServer> {
  const open = new Map<ServerResponse, number>()
  let isFinished = false
  const end = (response: ServerResponse) => {
    open.delete(response)
    response.end('data: end\n\n')
  }
  const upstream = await startUpstream((request, response) => {
    if (request.method !== 'GET') {
      request.resume().on('end', () => response.end('served'))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    response.on('close', () => open.delete(response))
    open.set(response, 0)
    if (isFinished) end(response)
  })
  const ticker = setInterval(() => {
    for (const [response, next] of open) {
      response.write(`data: ${next}\n\n`)
      open.set(response, next + 1)
    }
  }, paceMs)
  return {
    upstream,
    get open() {
      return new Set(open.keys())
    },
    finish() {
      isFinished = true
      for (const response of [...open.keys()]) end(response)
    },
    close() {
      clearInterval(ticker)
      return upstream.close()
    },
  }
}
