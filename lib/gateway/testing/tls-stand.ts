import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { makeCertificate, type TestCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { type StreamingModel, startStreamingModel } from '@/lib/gateway/testing/start-streaming-model.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

/** `one` and `renewed` are for the same names. */
export const certificates = {
  one: makeCertificate('one.test', '*.one.test'),
  renewed: makeCertificate('one.test', '*.one.test'),
  wild: makeCertificate('*.wild.test'),
}

/** The keys are the names that the Internet side serves. */
export function tlsSnapshot(
  url: string,
  served: Readonly<Record<string, TestCertificate>> = { 'one.test': certificates.one },
  overrides: Partial<GatewaySnapshot> = {},
): GatewaySnapshot {
  const names = Object.keys(served)
  return makeSnapshot({
    services: [makeService({ instances: [makeInstance(url)], protocol: 'grpc' })],
    certificates: Object.entries(served).map(([id, { cert, key }]) => ({ id, chain: cert, key })),
    domains: names.map((name) => ({ name, side: 'internet', certificateId: name, forceHttps: false })),
    ...overrides,
  })
}

/** Gateways, model servers and callers of a test, and their end. */
export class TlsStand {
  readonly closers: Array<() => Promise<unknown> | unknown> = []

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close()
  }

  async startModel(): Promise<StreamingModel> {
    const model = await startStreamingModel()
    this.closers.push(model.close)
    return model
  }

  async startGateway(model: { url: string }, served?: Record<string, TestCertificate>): Promise<TestGateway> {
    const gateway = await startGateway(tlsSnapshot(model.url, served))
    this.closers.push(gateway.close)
    return gateway
  }

  /** Rejects with what the handshake failed for. */
  async shake(gateway: TestGateway, options: ConnectionOptions = {}): Promise<TLSSocket> {
    const socket = connect({ ...tlsOptions(gateway), allowHalfOpen: true, ...options } as ConnectionOptions)
    this.closers.push(() => socket.destroy())
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve)
      socket.once('error', reject)
    })
    socket.on('error', () => {})
    return socket
  }
}

/** For an HTTP/2 client. */
export function http2Client(gateway: TestGateway) {
  return { createConnection: () => connect({ ...tlsOptions(gateway), ALPNProtocols: ['h2'] }) }
}

function tlsOptions({ tlsPort }: TestGateway): ConnectionOptions {
  return { port: tlsPort, host: '127.0.0.1', servername: 'one.test', rejectUnauthorized: false }
}

/** What was received so far. */
export function received(socket: TLSSocket): () => string {
  let text = ''
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1')
  })
  return () => text
}

/** The bytes of a request. */
export const requestTo = (target = '', more = '') =>
  `GET /api/predict/demo/${target} HTTP/1.1\r\nHost: one.test\r\nAuthorization: ${testToken}\r\n${more}\r\n`
