import type { Socket } from 'node:net'

/**
 * Breaks a connection with a reset. One that is being ended cannot be reset any more: the system refuses, and node
 * would keep the socket for ever without a `close`. It is closed instead.
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
