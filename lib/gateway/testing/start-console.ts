import { createServer, type ServerResponse } from 'node:http'
import { readBody } from '@/lib/gateway/testing/start-upstream.ts'
import { type NodeReport, nodeReport } from '@/lib/snapshot/node-report.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'
import { heartbeatEvent, toSnapshotEvents } from '@/lib/snapshot/snapshot-events.ts'

export interface TestConsole {
  readonly url: string
  readonly reports: NodeReport[]
  readonly streams: Set<ServerResponse>
  /** Sends it to every node that listens, and to each that comes. */
  publish(snapshot: GatewaySnapshot): void
  breakStreams(): void
  /** While set, reports are answered with this status and not kept. */
  refuseReportsWith: number | null
  reportsRefused: number
  close(): Promise<void>
}

/** The console's two node endpoints, as the contract has them. */
export async function startConsole(nodeToken: string): Promise<TestConsole> {
  let current: GatewaySnapshot | null = null
  const send = (stream: ServerResponse, snapshot: GatewaySnapshot) => {
    for (const event of toSnapshotEvents(encodeSnapshot(snapshot))) stream.write(event)
  }
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${nodeToken}`) {
      response.writeHead(401).end()
      return
    }
    if (request.url?.startsWith('/api/node/snapshots?') === true) {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
      })
      response.write(heartbeatEvent)
      state.streams.add(response)
      response.on('close', () => state.streams.delete(response))
      if (current !== null) send(response, current)
      return
    }
    const body = await readBody(request)
    if (state.refuseReportsWith !== null) {
      state.reportsRefused += 1
      response.writeHead(state.refuseReportsWith).end()
      return
    }
    state.reports.push(nodeReport.parse(JSON.parse(body)))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The console has no port.')
  const state: TestConsole = {
    url: `http://127.0.0.1:${address.port}`,
    reports: [],
    streams: new Set(),
    refuseReportsWith: null,
    reportsRefused: 0,
    publish: (snapshot) => {
      current = snapshot
      for (const stream of state.streams) send(stream, snapshot)
    },
    breakStreams: () => {
      for (const stream of state.streams) stream.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return state
}
