import type { ServerHttp2Stream } from 'node:http2'
import * as grpc from '@grpc/grpc-js'
import { afterEach, expect, test } from 'vitest'
import { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'
import { askGrpcHealth, grpcHealthPath } from '@/lib/gateway/upstream/grpc-health.ts'
import { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function ask(url: string, signal = AbortSignal.timeout(5_000)): Promise<string | null> {
  const pool = new UpstreamPool(url, new EgressGuard({ denyCidrs: [], allowCidrs: [] }), 1_000)
  closers.push(() => pool.destroy())
  return askGrpcHealth(pool.http2, grpcHealthPath, ['user-agent', 'test'], signal)
}

/** A server of gRPC's own library, with the health service written as its specification has it. */
async function startServer(status: number | null): Promise<string> {
  const server = new grpc.Server()
  const raw = {
    requestStream: false,
    responseStream: false,
    requestSerialize: (value: Buffer) => value,
  } as const
  if (status !== null) {
    server.addService(
      {
        Check: {
          ...raw,
          path: grpcHealthPath,
          requestDeserialize: (bytes: Buffer) => bytes,
          responseSerialize: (bytes: Buffer) => bytes,
          responseDeserialize: (bytes: Buffer) => bytes,
        },
      },
      {
        Check: (_call: unknown, answer: grpc.sendUnaryData<Buffer>) => answer(null, Buffer.from([8, status])),
      },
    )
  }
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  )
  closers.push(() => server.forceShutdown())
  return `http://127.0.0.1:${port}`
}

test('a server that serves is healthy, one that does not says so', async () => {
  expect(await ask(await startServer(1))).toBeNull()
  expect(await ask(await startServer(2))).toBe('Not serving')
})

test('a server without the health service is not taken for healthy', async () => {
  expect(await ask(await startServer(null))).toBe('Answered gRPC status 12')
})

test('neither is one that answers something else, or at length', async () => {
  const answering = async (handle: (stream: ServerHttp2Stream) => void) => {
    const upstream = await startHttp2Upstream(handle)
    closers.push(upstream.close)
    return ask(upstream.url)
  }
  expect(
    await answering((stream) => {
      stream.respond({ ':status': 404 })
      stream.end('no')
    }),
  ).toBe('Answered 404')
  await expect(
    answering((stream) => {
      stream.respond({ ':status': 200 })
      stream.end('x'.repeat(10_000))
    }),
  ).rejects.toThrow('no health status')
})

test('silence ends with the signal', async () => {
  const upstream = await startHttp2Upstream(() => {})
  closers.push(upstream.close)
  await expect(ask(upstream.url, AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'TimeoutError' })
})
