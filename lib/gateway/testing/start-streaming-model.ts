import { createServer, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { readBody } from '@/lib/gateway/testing/start-upstream.ts'

/** Of 64 KiB each: more than all buffers on the way hold together. */
export const largeChunks = 800

export type StreamingModel = Awaited<ReturnType<typeof startStreamingModel>>

/** A model server that tells how much it heard, streams until it is told to end, sends much, and echoes WebSockets. */
export async function startStreamingModel() {
  const streams = new Set<ServerResponse>()
  const large = { chunks: 0 }
  const forwarded: Array<string | string[] | undefined> = []
  const server = createServer(async (request, response) => {
    forwarded.push(request.headers['x-forwarded-proto'])
    if (request.url === '/stream') {
      response.write('begun ')
      streams.add(response)
      response.on('close', () => streams.delete(response))
    } else if (request.url === '/large') {
      for (large.chunks = 0; large.chunks < largeChunks; large.chunks++) {
        if (!response.write(Buffer.alloc(65_536, large.chunks)))
          await new Promise((resolve) => response.once('drain', resolve))
      }
      response.end()
    } else response.end(`heard ${(await readBody(request)).length}`)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const end = () => {
    for (const stream of streams) stream.end('and whole')
  }
  const close = () => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}`, streams, end, large, forwarded, close }
}
