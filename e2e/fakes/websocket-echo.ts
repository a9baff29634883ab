import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

export interface WebSocketEcho {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** `GET /ws`: sends each message back as it came, text as text and bytes as bytes. */
export function createWebSocketEcho(): WebSocketEcho {
  const server = new WebSocketServer({ noServer: true })
  server.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    // A frame that breaks the protocol closes its own connection; the server stays.
    socket.on('error', () => socket.terminate())
  })
  return {
    upgrade(request, socket, head) {
      if (pathOf(request) !== '/ws') {
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request))
    },
    close() {
      for (const client of server.clients) client.terminate()
    },
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/'
}
