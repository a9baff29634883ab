import http2 from 'node:http2'
import net, { type AddressInfo } from 'node:net'
import { status as grpcStatus } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeployedService } from '@/e2e/deploy-service.ts'
import { createEchoGrpc, shoutOverGrpc } from '@/e2e/fakes/echo-grpc.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { startWorkspace, type WorkspaceOnWire } from '@/e2e/start-workspace.ts'
import { until } from '@/e2e/until.ts'

let wire: WorkspaceOnWire
let models: ModelServer

beforeAll(async () => {
  models = await createModelServer()
  wire = await startWorkspace('protocols')
})
afterAll(async () => {
  await wire?.installation.stop()
  await models?.close()
})

test('a service takes gRPC calls once its protocol says so', async () => {
  const echo = await createEchoGrpc()
  try {
    const service = await wire.deploy('shouting', [echo.url])
    const { host, port } = new URL(wire.installation.internetUrl)
    const authority = `shouting.localhost:${port}`
    const shout = () => shoutOverGrpc({ target: host, authority, token: service.token, text: 'hello' })
    const codeOf = async () => {
      try {
        return await shout()
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : error
      }
    }
    await until('the call is refused', async () => (await codeOf()) === grpcStatus.UNIMPLEMENTED)
    await wire.change(service, { protocol: 'grpc' })
    await until('the call is answered', async () => (await codeOf()) === 'HELLO')
    await wire.change(service, { protocol: 'http' })
    await until('the call is refused again', async () => (await codeOf()) === grpcStatus.UNIMPLEMENTED)
  } finally {
    echo.close()
  }
})

test('an instance is spoken to by the HTTP version that its service names', async () => {
  const server = http2.createServer((request, response) => response.end(`HTTP/${request.httpVersion}`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = server.address() as AddressInfo
    const service = await wire.deploy('second', [`http://127.0.0.1:${port}`])
    await until('HTTP/1.1 is not understood', async () => (await wire.call(service)).status >= 502)
    await wire.change(service, { upstreamHttp: '2' })
    await until('HTTP/2 is', async () => (await wire.call(service)).text === 'HTTP/2.0')
  } finally {
    server.close()
  }
})

test('a listener with the PROXY protocol believes the address in its header, and nobody without one', async () => {
  const service = await wire.deploy('proxied', [models.url])
  const plain = () => callOnce(service, Buffer.alloc(0))
  await until('the VPC side answers', async () => isOk(await plain()))
  const trustedProxies = ['127.0.0.0/8', '::1/128']
  await wire.changeGateway({ trustedProxies, proxyProtocol: { internet: false, vpc: true } })
  await until('a caller without a header is turned away', async () => !isOk(await plain()))
  const behindProxy = () => callOnce(service, proxyHeader([203, 0, 113, 9]))
  await until('a caller behind a proxy is answered', async () => isOk(await behindProxy()))
  expect(String(models.requests.at(-1)?.headers['x-forwarded-for'])).toContain('203.0.113.9')
  expect((await wire.call(service)).status).toBe(200)
  await wire.changeGateway({ trustedProxies: [], proxyProtocol: { internet: false, vpc: false } })
  await until('the VPC side answers again', async () => isOk(await plain()))
})

const isOk = (answer: string) => answer.startsWith('HTTP/1.1 200 ')

/** PROXY protocol v2: TCP over IPv4. */
function proxyHeader(client: readonly number[]): Buffer {
  const header = Buffer.from('0d0a0d0a000d0a515549540a2111000c000000000000000000000000', 'hex')
  header.set(client, 16)
  header.set([127, 0, 0, 1], 20)
  header.writeUInt16BE(40_000, 24)
  return header
}

/** What a new connection to the VPC side answers to a call that begins with these bytes; empty when it is closed. */
function callOnce({ name, token }: DeployedService, preface: Buffer): Promise<string> {
  const { port } = new URL(wire.installation.vpcUrl)
  const lines = [
    `GET /api/predict/${name}/v1/models HTTP/1.1`,
    'Host: localhost',
    `Authorization: ${token}`,
    'Connection: close',
  ]
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => {
      socket.write(Buffer.concat([preface, Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)]))
    })
    let answer = ''
    socket.on('data', (bytes) => {
      answer += bytes
    })
    socket.on('error', () => socket.destroy())
    socket.once('close', () => resolve(answer))
  })
}
