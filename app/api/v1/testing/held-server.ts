import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'

/** Takes requests and answers none of them until it is released, all with 200. */
export async function startHeldServer() {
  const held: ServerResponse[] = []
  const server = createServer((_request, response) => held.push(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked: (count: number) => vi.waitUntil(() => held.length >= count, { timeout: 20_000 }),
    async release() {
      for (const response of held) response.end('{}')
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
