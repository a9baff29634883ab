import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { type StreamingModel, startStreamingModel } from '@/lib/gateway/testing/start-streaming-model.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

export const allowed = '127.0.0.2'
export const refused = '127.0.0.3'
export const proxy = '127.0.0.9'
export const path = '/api/predict/demo/'
const certificate = makeCertificate('demo.test')

/** A gateway before a model server, and callers from several addresses of this machine. */
export class AccessStand {
  readonly closers: Array<() => Promise<unknown> | unknown> = []
  readonly model: StreamingModel

  private constructor(model: StreamingModel) {
    this.model = model
    this.closers.push(model.close)
  }

  static async open(): Promise<AccessStand> {
    return new AccessStand(await startStreamingModel())
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close()
  }

  /** `internet`: who may call that side. */
  snapshot(
    revision: number,
    internet: string[] | null,
    overrides: Partial<GatewaySnapshot> = {},
  ): GatewaySnapshot {
    return makeSnapshot({
      revision,
      access: { internet, vpc: null },
      services: [makeService({ protocol: 'grpc', instances: [makeInstance(this.model.url)] })],
      certificates: [{ id: 'cert_1', chain: certificate.cert, key: certificate.key }],
      domains: [{ name: 'demo.test', side: 'internet', certificateId: 'cert_1', forceHttps: false }],
      ...overrides,
    })
  }

  async start(snapshot: GatewaySnapshot): Promise<TestGateway> {
    const gateway = await startGateway(snapshot)
    this.closers.push(gateway.close)
    return gateway
  }

  async client(port: number, from: string): Promise<RawClient> {
    const client = await RawClient.open(port, from)
    this.closers.push(() => client.close())
    return client
  }

  async tls({ tlsPort }: TestGateway, from: string, alpn: string): Promise<TLSSocket> {
    const socket = connectTls({
      socket: connectTcp({ port: tlsPort, host: '127.0.0.1', localAddress: from }),
      servername: 'demo.test',
      ca: certificate.cert,
      ALPNProtocols: [alpn],
    })
    socket.on('error', () => {})
    this.closers.push(() => socket.destroy())
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve)
      socket.once('error', reject)
    })
    return socket
  }

  async session({ url, port }: TestGateway, from: string) {
    const createConnection = () => connectTcp({ port, host: '127.0.0.1', localAddress: from })
    const session = await openHttp2(url, { createConnection })
    this.closers.push(() => session.destroy())
    return session
  }
}

export function requestText(target = path, more = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: ${testToken}\r\n${more}\r\n`
}

export function http2Request(more: Readonly<Record<string, string>> = {}) {
  return { ':path': path, authorization: testToken, ...more }
}
