import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const lingerMs = 2_000

/**
 * Reads on and discards for a moment after an early answer. Closing a socket that holds unread bytes resets
 * the connection, and the caller would lose the answer that tells it why (RFC 9112 §9.6).
 */
export function discardThen(request: IncomingMessage, finish: () => void): void {
  const done = () => {
    clearTimeout(timer)
    request.off('end', done)
    request.off('close', done)
    finish()
  }
  const timer = setTimeout(done, lingerMs)
  request.on('end', done)
  request.on('close', done)
  request.resume()
}

/** The same for a socket without a request: ends the writing half, then discards until the peer ends or time is up. */
export function endAndDiscard(socket: Socket, lastBytes: Buffer): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.on('close', () => clearTimeout(timer))
  socket.on('error', () => socket.destroy())
  socket.on('end', () => socket.destroy())
  socket.end(lastBytes)
  socket.resume()
}
