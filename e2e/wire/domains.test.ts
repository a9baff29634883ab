import { createServer, type ServerResponse } from 'node:http'
import { connect, type IncomingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService } from '@/e2e/deploy-service.ts'
import { AcmeServer } from '@/e2e/fakes/acme-server.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Issued, TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import type { CreateDomainForm, Domain } from '@/lib/domain/domain-name.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'

const authority = new TestAuthority()
const acme = new AcmeServer({ host: '127.0.0.1', port: 0 })
let installation: Installation
let model: ModelServer
let api: ConsoleApi
let service: DeployedService

beforeAll(async () => {
  await acme.start()
  model = await createModelServer()
  installation = await startInstallation({ env: { SWITCHYARD_ACME_DIRECTORY: acme.directoryUrl } })
  acme.target = { host: '127.0.0.1', port: Number(new URL(installation.internetUrl).port) }
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'names')
  service = await deployService(api, 'names', { name: 'chat', url: model.url })
})
afterAll(async () => {
  await installation?.stop()
  await model?.close()
  await acme.close()
  authority.close()
})

const base = '/workspaces/names'

/** For the shared gateway, so one of the installation. */
function upload(name: string, leaf: Issued): Promise<Certificate> {
  const body = { name, chain: authority.chain(leaf), key: leaf.key, installation: true }
  return api.post<Certificate>(`${base}/certificates`, body)
}

function name(form: Omit<CreateDomainForm, 'gatewayId'>): Promise<Domain> {
  return api.post<Domain>(`${base}/domains`, { gatewayId: 'shared', ...form })
}

const read = (id: string) => api.get<Domain>(`${base}/domains/${id}`)

async function untilLive({ id }: Domain): Promise<Domain> {
  return await until('the name is live', async () => {
    const now = await read(id)
    return now.effect === 'live' && now
  })
}

interface SecureAnswer {
  readonly status: number
  readonly text: string
  readonly protocol: string | false | null
  readonly certificate: PeerCertificate
}

const path = () => `/api/predict/${service.name}/v1/models`

/** A connection that trusts the tests' authority alone, and checks the name. */
function secure(servername: string, ca: string, ALPNProtocols = ['h2']): Promise<TLSSocket> {
  const options = { host: '127.0.0.1', port: installation.tlsPorts.internet, servername, ca, ALPNProtocols }
  return new Promise((resolve, reject) => {
    const socket = connectTls(options, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** One call over HTTP/2 on a connection of its own. */
async function call(servername: string, asked = path(), ca = authority.root.cert): Promise<SecureAnswer> {
  const socket = await secure(servername, ca)
  const session = connect(`https://${servername}`, { createConnection: () => socket })
  try {
    const stream = session.request({ ':path': asked, authorization: service.token })
    const answered = new Promise<IncomingHttpHeaders & { ':status'?: number }>((resolve, reject) => {
      stream.once('response', resolve)
      stream.once('error', reject)
    })
    let text = ''
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    const ended = new Promise((resolve) => stream.once('end', resolve))
    const { ':status': status = 0 } = await answered
    await ended
    return { status, text, protocol: socket.alpnProtocol, certificate: socket.getPeerCertificate() }
  } finally {
    session.close()
  }
}

/** A call without TLS, by the name in its Host. */
async function plain(host: string, asked = path()) {
  const { statusCode, headers, body } = await request(`${installation.internetUrl}${asked}`, {
    headers: { host, authorization: service.token },
  })
  return { status: statusCode, location: headers['location'], text: await body.text() }
}

const fingerprint = ({ fingerprint256 }: PeerCertificate) => fingerprint256.replaceAll(':', '').toLowerCase()

test('an uploaded certificate serves its name by SNI over HTTP/2, and plain callers are redirected', async () => {
  const leaf = authority.issue({ names: ['api.example.com'] })
  const { id: certificateId, fingerprint: uploaded } = await upload('api', leaf)
  await untilLive(await name({ name: 'api.example.com', certificateId, forceHttps: true }))
  const answer = await call('api.example.com')
  expect(answer).toMatchObject({ status: 200, protocol: 'h2' })
  expect(fingerprint(answer.certificate)).toBe(uploaded)
  const old = await secure('api.example.com', authority.root.cert, ['http/1.1'])
  expect(old.alpnProtocol).toBe('http/1.1')
  old.destroy()
  expect(await plain('api.example.com', `${path()}?a=1`)).toMatchObject({
    status: 308,
    location: `https://api.example.com:${installation.tlsPorts.internet}${path()}?a=1`,
  })
})

test('a name without a certificate of its own is refused in the handshake', async () => {
  await expect(secure('stranger.example.org', authority.root.cert)).rejects.toThrow(
    /unrecognized name|alert/i,
  )
})

test('wildcards and names of any script are served, the service in front or in the path', async () => {
  const leaf = authority.issue({ names: ['*.models.example.com', 'xn--bcher-kva.example'] })
  const { id: certificateId } = await upload('wide', leaf)
  await untilLive(await name({ name: '*.models.example.com', certificateId }))
  const idn = await untilLive(await name({ name: 'Bücher.example', certificateId }))
  expect(idn).toMatchObject({ name: 'xn--bcher-kva.example', unicodeName: 'bücher.example' })
  expect((await call('any.models.example.com')).status).toBe(200)
  expect((await call('chat.models.example.com', '/v1/models')).status).toBe(200)
  expect((await call('xn--bcher-kva.example')).status).toBe(200)
})

test('endpoints are printed with the newest name within five seconds', async () => {
  const leaf = authority.issue({ names: ['printed.example.com'] })
  const { id: certificateId } = await upload('printed', leaf)
  await name({ name: 'printed.example.com', certificateId })
  const endpoint = await until(
    'the invocation methods print the name',
    async () => {
      const { methods } = await api.get<ServiceEndpoints>(`${service.path}/endpoints`)
      const side = methods[0]?.sides.find((candidate) => candidate.side === 'internet')
      return side?.domain === 'printed.example.com' && side.endpoint
    },
    { withinMs: 5000 },
  )
  const origin = `https://printed.example.com:${installation.tlsPorts.internet}`
  expect(endpoint).toBe(`${origin}/api/predict/chat`)
})

test('a replaced certificate serves new connections while a stream of the old one goes on', async () => {
  const held: ServerResponse[] = []
  const upstream = createServer((_, response) => {
    response.write('first ')
    held.push(response)
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const slow = await deployService(api, 'names', { name: 'slow', url })
  const first = authority.issue({ names: ['turn.example.com'] })
  const uploaded = await upload('turn', first)
  await untilLive(await name({ name: 'turn.example.com', certificateId: uploaded.id }))
  const socket = await secure('turn.example.com', authority.root.cert)
  const session = connect('https://turn.example.com', { createConnection: () => socket })
  try {
    const stream = await until('the stream has begun', async () => {
      const asking = session.request({ ':path': '/api/predict/slow/x', authorization: slow.token })
      const status = await new Promise<number>((resolve, reject) => {
        asking.once('response', ({ ':status': code = 0 }) => resolve(code))
        asking.once('error', reject)
      })
      return status === 200 && asking
    })
    let text = ''
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    const ended = new Promise((resolve) => stream.once('end', resolve))
    const second = authority.issue({ names: ['turn.example.com'] })
    const replaced = await api.patch<Certificate>(`${base}/certificates/${uploaded.id}`, {
      version: uploaded.version,
      chain: authority.chain(second),
      key: second.key,
    })
    await until('new connections see the new certificate', async () => {
      const fresh = await secure('turn.example.com', authority.root.cert)
      const seen = fingerprint(fresh.getPeerCertificate())
      fresh.destroy()
      return seen === replaced.fingerprint
    })
    for (const response of held) response.end('last')
    await ended
    expect(text).toBe('first last')
    expect(fingerprint(socket.getPeerCertificate())).toBe(uploaded.fingerprint)
  } finally {
    session.close()
    upstream.closeAllConnections()
    await new Promise((resolve) => upstream.close(resolve))
  }
})

test('a deleted name is gone', async () => {
  const leaf = authority.issue({ names: ['gone.example.com'] })
  const { id: certificateId } = await upload('gone', leaf)
  const { id } = await untilLive(await name({ name: 'gone.example.com', certificateId }))
  expect((await call('gone.example.com')).status).toBe(200)
  await api.delete(`${base}/domains/${id}`)
  await until('the handshake is refused', async () => {
    const outcome = await secure('gone.example.com', authority.root.cert).then(
      (socket) => socket.destroy() && false,
      () => true,
    )
    return outcome
  })
  await api.delete(`${base}/certificates/${certificateId}`)
})

test('an automatic certificate is ordered, its challenge answered over HTTP, and served', async () => {
  const made = await name({ name: 'auto.example.com', automaticCertificate: true, forceHttps: true })
  const { certificate } = await until('the certificate is there', async () => {
    const now = await read(made.id)
    if (now.certificateError !== null) throw new Error(now.certificateError)
    return now.effect === 'live' && now
  })
  expect(certificate?.name).toBe('acme-auto-example-com')
  expect(acme.issued).toEqual(['auto.example.com'])
  expect(acme.fetched).toHaveLength(1)
  expect((await call('auto.example.com', path(), acme.authority.root.cert)).status).toBe(200)
  expect((await plain('auto.example.com')).status).toBe(308)
})
