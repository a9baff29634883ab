import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import { MemorySocket } from '@/lib/gateway/fuzz/memory-socket.ts'
import { Http1Server } from '@/lib/gateway/listener/http1/http1-server.ts'
import { Peer } from '@/lib/gateway/peer.ts'
import { testLimits } from '@/lib/gateway/testing/make-snapshot.ts'

/** One request as a reader of bytes understood it. */
export interface ReadRequest {
  readonly method: string
  readonly target: string
  readonly version: string
  readonly headers: readonly string[]
  body: string
  trailers: readonly string[]
  /** False while bytes of it are missing. */
  isWhole: boolean
}

export interface RequestReader {
  read(pieces: readonly Buffer[]): Promise<ReadRequest[]>
  close(): void
}

const ok = ['content-length', '2']

/** Our server, with nothing behind it but a list. */
export function ourReader(): RequestReader {
  let requests: ReadRequest[] = []
  const server = new Http1Server('internet', {
    handle: (exchange) => readExchange(exchange, requests),
    accessRefusal: () => null,
    refused: () => {},
  })
  server.configure(testLimits)
  return {
    read: async (pieces) => {
      requests = []
      const socket = new MemorySocket()
      server.accept({
        socket: socket as unknown as Socket,
        transport: socket as unknown as Socket,
        peer: new Peer('127.0.0.1'),
        scheme: 'http',
        firstBytes: Buffer.alloc(0),
      })
      await deliver(socket, pieces)
      return requests
    },
    close: () => void server.drain(),
  }
}

function readExchange(exchange: Exchange, requests: ReadRequest[]): void {
  const { method, target, httpVersion: version, rawHeaders: headers } = exchange
  const request: ReadRequest = { method, target, version, headers, body: '', trailers: [], isWhole: false }
  requests.push(request)
  const finish = () => {
    request.isWhole = true
    request.trailers = exchange.requestTrailers ?? []
    exchange.answer(200, [...ok], Buffer.from('ok'))
  }
  const body = exchange.takeBody({ bytesDeclared: null, bytesMax: 1_048_576, idleMs: 60_000 })
  if (body === null || Buffer.isBuffer(body)) {
    request.body = body?.toString('latin1') ?? ''
    finish()
    return
  }
  body.on('data', (chunk: Buffer) => {
    request.body += chunk.toString('latin1')
  })
  body.on('end', finish)
}

/** node's own server, whose parser is llhttp in its strict mode. */
export function llhttpReader(): RequestReader {
  let requests: ReadRequest[] = []
  const server: Server = createServer({ insecureHTTPParser: false, requireHostHeader: false })
  server.maxHeadersCount = 0
  const accept = (request: IncomingMessage, response: ServerResponse) =>
    readMessage(request, response, requests)
  server.on('request', accept)
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    response.writeContinue()
    accept(request, response)
  })
  server.on('checkExpectation', accept)
  // The socket stays, so that what came before the error can still be read to its end.
  server.on('clientError', () => {})
  return {
    read: async (pieces) => {
      requests = []
      const socket = new MemorySocket()
      server.emit('connection', socket)
      await deliver(socket, pieces)
      return requests
    },
    close: () => void server.close(),
  }
}

function readMessage(message: IncomingMessage, response: ServerResponse, requests: ReadRequest[]): void {
  const request: ReadRequest = {
    method: message.method ?? '',
    target: message.url ?? '',
    version: message.httpVersion,
    headers: message.rawHeaders,
    body: '',
    trailers: [],
    isWhole: false,
  }
  requests.push(request)
  message.on('error', () => {})
  message.on('data', (chunk: Buffer) => {
    request.body += chunk.toString('latin1')
  })
  message.on('end', () => {
    request.isWhole = true
    request.trailers = message.rawTrailers
    response.writeHead(200, { 'content-length': '2' }).end('ok')
  })
}

async function deliver(socket: MemorySocket, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    socket.deliver(piece)
    await turn()
  }
  // Bodies that stream and answers that let the next request in take a few turns to come through.
  let answered = -1
  for (let calm = 0; calm < 3; ) {
    await turn()
    calm = socket.answered.length === answered ? calm + 1 : 0
    answered = socket.answered.length
  }
  socket.destroy()
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
