import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type NacosHost, type NacosPlace, NacosState } from './nacos-state.ts'

export interface NacosServerOptions {
  /** 0 takes a free one. */
  readonly port?: number
  /** Null: no log-in is asked for. */
  readonly user?: { readonly name: string; readonly password: string } | null
  /** What beats are answered with. Default 5 s. */
  readonly beatIntervalMs?: number
  /** How long a log-in holds. Default 18,000 s. */
  readonly tokenSeconds?: number
  /** False: a beat for an instance that is not there is answered with 20404 even if it says all about it. */
  readonly registersOnBeat?: boolean
  /** How long lists of instances may be held, as they say. Default 10 s. */
  readonly cacheMs?: number
  /** Besides `public`. */
  readonly namespaces?: ReadonlyArray<{ readonly id: string; readonly label: string }>
  /** True: only administrators may list namespaces, as Nacos 2.x has it. */
  readonly hidesNamespaces?: boolean
  readonly version?: string
  readonly now?: () => number
}

export interface NacosServer {
  readonly port: number
  readonly url: string
  readonly state: NacosState
  /** Method and path of every call, in order: `PUT /nacos/v1/ns/instance/beat`. */
  readonly calls: string[]
  /** No log-in given out so far holds any more. */
  forgetTokens(): void
  /** Every call but the log-in is answered so until it is null again. */
  failWith: { readonly status: number; readonly body: string } | null
  /** Breaks what is open. */
  close(): Promise<void>
}

interface Reply {
  readonly status: number
  readonly body: string
}

const prefix = '/nacos/v1'
const beatIntervalMsDefault = 5_000
const cacheMsDefault = 10_000
const tokenSecondsDefault = 18_000
const beatAccepted = 10_200
const resourceNotFound = 20_404
const ok: Reply = { status: 200, body: 'ok' }

/**
 * The naming part of the Nacos Open API v1 (https://nacos.io/en-us/docs/open-api.html): log in, register, beat, list
 * and remove instances, list services and namespaces. `GET /__state` shows all that is registered.
 */
export async function createNacosServer(options: NacosServerOptions = {}): Promise<NacosServer> {
  const { user = null, tokenSeconds = tokenSecondsDefault, now = Date.now } = options
  const state = new NacosState(now)
  const tokens = new Map<string, number>()
  const calls: string[] = []

  const logIn = (parameters: URLSearchParams): Reply => {
    const isUser = user?.name === parameters.get('username') && user?.password === parameters.get('password')
    if (!isUser) return { status: 403, body: 'unknown user!' }
    const accessToken = randomUUID()
    tokens.set(accessToken, now() + tokenSeconds * 1_000)
    return json({ accessToken, tokenTtl: tokenSeconds, globalAdmin: false, username: user?.name })
  }
  const mayCall = (parameters: URLSearchParams) =>
    user === null || (tokens.get(parameters.get('accessToken') ?? '') ?? 0) > now()

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://nacos')
    const call = `${request.method} ${url.pathname}`
    if (call === 'GET /__state') return json(state.all())
    calls.push(call)
    const parameters = await parametersOf(request, url)
    if (call === `POST ${prefix}/auth/login` || call === `POST ${prefix}/auth/users/login`) {
      return logIn(parameters)
    }
    const handle = handlers[call]
    if (handle === undefined) return { status: 404, body: 'no such path' }
    if (!mayCall(parameters)) return { status: 403, body: 'token invalid!' }
    if (self.failWith !== null) return self.failWith
    const lacking = requiredOf(call).find((name) => !parameters.get(name))
    if (lacking !== undefined) return { status: 400, body: `Param '${lacking}' is required.` }
    return handle(state, parameters, options)
  }
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => response.writeHead(status).end(body),
      () => response.writeHead(400).end('caused: malformed request;'),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const self: NacosServer = {
    port,
    url: `http://127.0.0.1:${port}`,
    state,
    calls,
    forgetTokens: () => tokens.clear(),
    failWith: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return self
}

type Handler = (state: NacosState, parameters: URLSearchParams, options: NacosServerOptions) => Reply

const handlers: Readonly<Record<string, Handler>> = {
  [`POST ${prefix}/ns/instance`]: (state, parameters) => {
    state.put(placeOf(parameters), detailsOf(parameters))
    return ok
  },
  [`DELETE ${prefix}/ns/instance`]: (state, parameters) => {
    state.remove(placeOf(parameters))
    return ok
  },
  [`PUT ${prefix}/ns/instance/beat`]: (state, parameters, options) => {
    const beat = beatOf(parameters)
    const place = { ...placeOf(parameters), ...beat?.place }
    let isKnown = state.beat(place)
    if (!isKnown && beat !== null && options.registersOnBeat !== false) {
      const { weight = 1, metadata = {} } = beat
      state.put(place, { weight, metadata, enabled: true, ephemeral: true })
      isKnown = true
    }
    const clientBeatInterval = options.beatIntervalMs ?? beatIntervalMsDefault
    const code = isKnown ? beatAccepted : resourceNotFound
    return json({ clientBeatInterval, code, lightBeatEnabled: true })
  },
  [`GET ${prefix}/ns/instance/list`]: (state, parameters, options) => {
    const { namespaceId, serviceName } = placeOf(parameters)
    const isHealthyOnly = parameters.get('healthyOnly') === 'true'
    const hosts = state
      .list(namespaceId, serviceName)
      .filter(({ healthy, enabled }) => enabled && (healthy || !isHealthyOnly))
      .map((host) => ({
        instanceId: `${host.ip}#${host.port}#${host.clusterName}#${host.serviceName}`,
        ...host,
        valid: host.healthy,
        instanceHeartBeatInterval: clientBeatIntervalOf(host.metadata),
      }))
    const lastRefTime = Math.max(0, ...hosts.map(({ lastBeatAt }) => lastBeatAt))
    const cacheMillis = options.cacheMs ?? cacheMsDefault
    return json({ name: serviceName, clusters: '', cacheMillis, hosts, lastRefTime, checksum: '' })
  },
  [`GET ${prefix}/ns/service/list`]: (state, parameters) => {
    const { namespaceId } = placeOf(parameters)
    const prefix = `${parameters.get('groupName') || 'DEFAULT_GROUP'}@@`
    const all = state.serviceNames(namespaceId).filter((name) => name.startsWith(prefix))
    const size = Number(parameters.get('pageSize'))
    const from = (Number(parameters.get('pageNo')) - 1) * size
    const doms = all.slice(from, from + size).map((name) => name.slice(prefix.length))
    return json({ count: all.length, doms })
  },
  [`GET ${prefix}/console/namespaces`]: (_state, _parameters, { namespaces = [], hidesNamespaces }) => {
    if (hidesNamespaces === true) return { status: 403, body: 'authorization failed!' }
    const listed = [{ id: '', label: 'public' }, ...namespaces]
    const data = listed.map(({ id, label }) => ({
      namespace: id,
      namespaceShowName: label,
      quota: 200,
      type: 2,
    }))
    return json({ code: 200, message: null, data })
  },
  [`GET ${prefix}/console/server/state`]: (_state, _parameters, { version = '2.2.3' }) => {
    return json({ version, standalone_mode: 'standalone', function_mode: null })
  },
}

const paged = new Set([`GET ${prefix}/ns/service/list`])
const plain = new Set([`GET ${prefix}/console/namespaces`, `GET ${prefix}/console/server/state`])

function requiredOf(call: string): readonly string[] {
  if (paged.has(call)) return ['pageNo', 'pageSize']
  if (plain.has(call)) return []
  // A beat may say where it comes from itself.
  return call.startsWith('GET ') || call.endsWith('/beat') ? ['serviceName'] : ['serviceName', 'ip', 'port']
}

/** `groupName` counts only where the service's name has no group of its own. */
function placeOf(parameters: URLSearchParams): NacosPlace {
  const written = parameters.get('serviceName') ?? ''
  const group = parameters.get('groupName') || 'DEFAULT_GROUP'
  return {
    namespaceId: parameters.get('namespaceId') || 'public',
    serviceName: written.includes('@@') ? written : `${group}@@${written}`,
    clusterName: parameters.get('clusterName') || 'DEFAULT',
    ip: parameters.get('ip') ?? '',
    port: Number(parameters.get('port')),
  }
}

/** What a beat says of its instance goes before the parameters beside it; null: it is a light one, which says nothing. */
function beatOf(parameters: URLSearchParams) {
  const beat = parameters.get('beat')
  if (!beat) return null
  const said = JSON.parse(beat) as Partial<NacosHost> & { cluster?: string }
  const place = {
    ...(said.ip !== undefined && { ip: said.ip }),
    ...(said.port !== undefined && { port: Number(said.port) }),
    ...(said.cluster !== undefined && { clusterName: said.cluster }),
  }
  return { weight: said.weight, metadata: said.metadata, place }
}

function detailsOf(parameters: URLSearchParams) {
  return {
    weight: Number(parameters.get('weight') ?? 1),
    enabled: parameters.get('enabled') !== 'false',
    ephemeral: parameters.get('ephemeral') !== 'false',
    metadata: JSON.parse(parameters.get('metadata') || '{}') as Record<string, string>,
  }
}

function clientBeatIntervalOf(metadata: Readonly<Record<string, string>>): number {
  return Number(metadata['preserved.heart.beat.interval'] ?? beatIntervalMsDefault)
}

/** Of the query and, where there is one, the form. */
async function parametersOf(request: IncomingMessage, url: URL): Promise<URLSearchParams> {
  const parameters = new URLSearchParams(url.search)
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true)
    return parameters
  for (const [name, value] of new URLSearchParams(await text(request))) parameters.append(name, value)
  return parameters
}

function json(value: object): Reply {
  return { status: 200, body: JSON.stringify(value) }
}
