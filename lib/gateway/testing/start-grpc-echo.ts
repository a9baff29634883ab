import { join } from 'node:path'
import * as grpc from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

export interface Message {
  text: string
  payload?: Buffer
}

/** What the server has heard. */
export interface Seen {
  readonly metadata: grpc.Metadata[]
  readonly deadlines: grpc.Deadline[]
  cancelled: number
}

export interface GrpcEcho {
  readonly url: string
  readonly seen: Seen
  /** Breaks what is still open. */
  close(): void
}

/** `echo.proto` as its client constructor; the descriptor says nothing that a compiler could know. */
export const Echo = serviceOf(
  grpc.loadPackageDefinition(
    loadSync(join(import.meta.dirname, 'echo.proto'), { keepCase: true, defaults: true }),
  ),
)

function serviceOf(loaded: grpc.GrpcObject): grpc.ServiceClientConstructor {
  const { switchyard } = loaded as { switchyard: { test: { Echo: grpc.ServiceClientConstructor } } }
  return switchyard.test.Echo
}

/** A server of gRPC's own library on a port of its own. */
export async function startGrpcEcho(): Promise<GrpcEcho> {
  const seen: Seen = { metadata: [], deadlines: [], cancelled: 0 }
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 })
  server.addService(Echo.service, echoing(seen))
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  )
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.forceShutdown() }
}

/** What the four kinds of calls have in common. */
interface Call {
  readonly metadata: grpc.Metadata
  getDeadline(): grpc.Deadline
  sendMetadata(metadata: grpc.Metadata): void
  on(event: 'cancelled', listener: () => void): unknown
}

/** Echoes, but for the texts `silence`, `hang` and `fail`. */
function echoing(seen: Seen): grpc.UntypedServiceImplementation {
  const see = (call: Call) => {
    seen.metadata.push(call.metadata)
    seen.deadlines.push(call.getDeadline())
    call.on('cancelled', () => {
      seen.cancelled += 1
    })
    const first = new grpc.Metadata()
    first.set('x-first', 'begun')
    call.sendMetadata(first)
  }
  const last = () => {
    const trailers = new grpc.Metadata()
    trailers.set('x-last', 'over')
    return trailers
  }
  return {
    Unary(call: grpc.ServerUnaryCall<Message, Message>, answer: grpc.sendUnaryData<Message>) {
      const { text } = call.request
      if (text === 'silence') return
      see(call)
      if (text === 'hang') return
      if (text === 'fail') {
        const trailers = last()
        trailers.set('grpc-status-details-bin', Buffer.from([8, 5, 18, 2, 110, 111]))
        answer({ code: grpc.status.FAILED_PRECONDITION, details: 'no – not “now”', metadata: trailers })
        return
      }
      answer(null, call.request, last())
    },
    ClientStream(call: grpc.ServerReadableStream<Message, Message>, answer: grpc.sendUnaryData<Message>) {
      const texts: string[] = []
      call.on('data', (message: Message) => texts.push(message.text))
      call.on('end', () => answer(null, { text: texts.join(' ') }, last()))
      call.on('error', () => {})
    },
    ServerStream(call: grpc.ServerWritableStream<Message, Message>) {
      see(call)
      for (const word of call.request.text.split(' ')) call.write({ text: word })
      if (!call.request.text.includes('hang')) call.end(last())
    },
    Bidirectional(call: grpc.ServerDuplexStream<Message, Message>) {
      see(call)
      call.on('data', (message: Message) => call.write(message))
      call.on('end', () => call.end(last()))
      call.on('error', () => {})
    },
  }
}
