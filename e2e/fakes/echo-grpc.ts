import * as grpc from '@grpc/grpc-js'

const same = (bytes: Buffer) => bytes
const upper = (bytes: Buffer) => Buffer.from(bytes.toString().toUpperCase())

/** One unary method that answers in capitals. Bytes stand in for messages, so no schema is needed. */
const shout = {
  path: '/sample.Echo/Shout',
  requestStream: false,
  responseStream: false,
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
} as const

export interface EchoGrpc {
  readonly url: string
  close(): void
}

export async function createEchoGrpc(): Promise<EchoGrpc> {
  const server = new grpc.Server()
  server.addService(
    { shout },
    {
      shout: (call: grpc.ServerUnaryCall<Buffer, Buffer>, answer: grpc.sendUnaryData<Buffer>) =>
        answer(null, upper(call.request)),
    },
  )
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    )
  })
  return { url: `http://127.0.0.1:${port}`, close: () => server.forceShutdown() }
}

export interface Shout {
  /** `host:port` of a gateway's listener. */
  readonly target: string
  /** The service's host form. */
  readonly authority: string
  readonly token: string
  readonly text: string
}

/** Calls the method through a gateway. Rejects with gRPC's own error, whose `code` is the status. */
export async function shoutOverGrpc({ target, authority, token, text }: Shout): Promise<string> {
  const client = new grpc.Client(target, grpc.credentials.createInsecure(), {
    'grpc.default_authority': authority,
  })
  const metadata = new grpc.Metadata()
  metadata.set('authorization', token)
  try {
    return await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        shout.path,
        same,
        same,
        Buffer.from(text),
        metadata,
        { deadline: Date.now() + 5000 },
        (error, answer) => (error === null ? resolve(String(answer)) : reject(error)),
      )
    })
  } finally {
    client.close()
  }
}
