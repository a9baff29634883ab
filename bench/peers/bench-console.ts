import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { nodeReport } from '@/lib/snapshot/node-report.ts'
import type { SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'
import { heartbeatEvent, toSnapshotEvents } from '@/lib/snapshot/snapshot-events.ts'

export interface BenchConsole {
  readonly url: string
  /** Resolves with the first report of a node that runs this revision. */
  applied(revision: number): Promise<void>
  /** Sends it to every node that listens, and to each that comes. */
  publish(lines: SnapshotLines): Promise<void>
}

/** As much of a console as a gateway node needs: it hands out snapshots and reads reports. */
export async function startBenchConsole(first: SnapshotLines, nodeToken: string): Promise<BenchConsole> {
  const waiting = new Set<(revision: number | null) => void>()
  const streams = new Set<ServerResponse>()
  let current = first
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${nodeToken}`) return end(response, 401)
    if (request.method === 'GET') {
      beginStream(response, streams)
      return sendSnapshot(response, current)
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const report = nodeReport.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    end(response, 204)
    for (const tell of waiting) tell(report.revision)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    applied: (revision) =>
      new Promise((resolve) => {
        const tell = (reported: number | null) => {
          if (reported !== revision) return
          waiting.delete(tell)
          resolve()
        }
        waiting.add(tell)
      }),
    publish: async (lines) => {
      current = lines
      await Promise.all([...streams].map((stream) => sendSnapshot(stream, lines)))
    },
  }
}

function beginStream(response: ServerResponse, streams: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
  streams.add(response)
  const heartbeat = setInterval(() => response.write(heartbeatEvent), 10_000)
  response.once('close', () => {
    streams.delete(response)
    clearInterval(heartbeat)
  })
}

/** Event by event, because this process generates load besides. */
async function sendSnapshot(response: ServerResponse, lines: SnapshotLines): Promise<void> {
  for (const event of toSnapshotEvents(lines)) {
    response.write(event)
    await nextTurn()
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}
