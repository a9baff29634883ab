import { connect, type Socket } from 'node:net'
import type { Target } from './peers/peer.ts'

/** The bytes of a request, made once. */
export function rawRequest({ origin, path, headers }: Target, body: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: ${new URL(origin).host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Reads into one buffer that all sockets share: what a callback gets is only good until it returns. */
const shared = Buffer.allocUnsafe(262_144)

export function openRaw(origin: string, onBytes: (bytes: Buffer) => void): Promise<Socket> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: shared,
        callback(length) {
          onBytes(shared.subarray(0, length))
          return true
        },
      },
    })
    socket.once('connect', () => resolve(socket)).once('error', reject)
  })
}
