import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * node hands over every upgrade or none. One to a protocol that is not spoken here (`h2c` from curl, say) may
 * be ignored (RFC 9110 §7.8), so the request is put back on the socket without it and read as a plain one.
 */
export function replayWithoutUpgrade(
  server: Server,
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
): void {
  let text = `${request.method} ${request.url} HTTP/${request.httpVersion}\r\n`
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] as string
    const lower = name.toLowerCase()
    if (lower === 'upgrade' || lower === 'http2-settings') continue
    const value = request.rawHeaders[index + 1] as string
    text += `${name}: ${lower === 'connection' ? withoutUpgrade(value) : value}\r\n`
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]))
  server.emit('connection', socket)
}

function withoutUpgrade(connection: string): string {
  const kept = connection
    .split(',')
    .map((token) => token.trim())
    .filter((token) => !/^(upgrade|http2-settings)$/i.test(token))
  return kept.length === 0 ? 'keep-alive' : kept.join(', ')
}
