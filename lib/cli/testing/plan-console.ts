import { createServer, type ServerResponse } from 'node:http'
import { readBody } from '@/lib/gateway/testing/start-upstream.ts'
import { type DeploymentPlan, type DeploymentReport, deploymentReport } from '@/lib/snapshot/deployment.ts'

export interface PlanConsole {
  readonly url: string
  /** Of `host`, oldest first. */
  readonly reports: DeploymentReport[]
  readonly hosts: readonly string[]
  /** Sends it to every host that listens, and to each that comes. */
  publish(plan: DeploymentPlan | string): void
  /** What the newest report says of a gateway. */
  reported(gatewayId: string): DeploymentReport['gateways'][number] | undefined
  breakStreams(): void
  close(): Promise<void>
}

/** The console's endpoint for hosts, as the contract has it. */
export async function startPlanConsole(nodeToken: string): Promise<PlanConsole> {
  const streams = new Set<ServerResponse>()
  const reports: DeploymentReport[] = []
  const hosts: string[] = []
  let current: string | null = null
  const send = (stream: ServerResponse, plan: string) => stream.write(`event: plan\ndata: ${plan}\n\n`)
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://console')
    const isKnown = request.headers.authorization === `Bearer ${nodeToken}`
    if (!isKnown || pathname !== '/api/node/deployments') {
      response.writeHead(isKnown ? 404 : 401).end()
      return
    }
    if (request.method === 'POST') {
      reports.push(deploymentReport.parse(JSON.parse(await readBody(request))))
      response.writeHead(204).end()
      return
    }
    hosts.push(searchParams.get('host') ?? '')
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: heartbeat\ndata: \n\n')
    streams.add(response)
    response.on('close', () => streams.delete(response))
    if (current !== null) send(response, current)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The console has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    reports,
    hosts,
    publish(plan) {
      current = typeof plan === 'string' ? plan : JSON.stringify(plan)
      for (const stream of streams) send(stream, current)
    },
    reported: (gatewayId) => reports.at(-1)?.gateways.find((gateway) => gateway.gatewayId === gatewayId),
    breakStreams() {
      for (const stream of streams) stream.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
