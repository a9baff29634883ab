import type { Socket } from 'node:net'
import { readProxyHeader } from '@/lib/gateway/listener/proxy-protocol.ts'

/**
 * Takes the PROXY protocol header off a paused connection and tells the address in it, or the socket's own where the
 * sender speaks for itself; null where there is no such header. What came behind it is read again.
 */
export function takeProxyHeader(socket: Socket, onAddress: (address: string | null) => void): void {
  let bytes: Buffer = Buffer.alloc(0)
  const onData = (chunk: Buffer) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
    const header = readProxyHeader(bytes)
    if (header.kind === 'incomplete') return
    socket.off('data', onData)
    socket.off('end', onEnd)
    socket.pause()
    if (header.kind === 'invalid') {
      onAddress(null)
      return
    }
    const rest = bytes.subarray(header.byteLength)
    if (rest.length > 0) socket.unshift(rest)
    onAddress(header.address ?? socket.remoteAddress ?? '')
  }
  const onEnd = () => socket.destroy()
  socket.on('data', onData)
  socket.on('end', onEnd)
  socket.resume()
}
