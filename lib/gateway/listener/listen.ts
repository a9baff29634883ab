import type { AddressInfo, Server } from 'node:net'
import type { ListenAt } from '@/lib/gateway/listener/door.ts'

const backlog = 1_024

/** Resolves with the port; rejects with the system's error, such as EADDRINUSE. */
export function listen(server: Server, at: ListenAt): Promise<number> {
  return new Promise((resolve, reject) => {
    const opened = () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    }
    server.once('error', reject)
    if ('handle' in at) server.listen(at.handle, backlog, opened)
    else server.listen({ host: at.host, port: at.port, backlog }, opened)
  })
}
