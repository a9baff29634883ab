import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { KubernetesState, type StoredObject, type WatchEvent } from './kubernetes-state.ts'

export interface KubernetesUser {
  /** In messages of refusals. */
  readonly name: string
  /** Bearer token; or the common name of a client certificate. */
  readonly token?: string
  readonly commonName?: string
  readonly basic?: { readonly username: string; readonly password: string }
  /** `list endpointslices`, `get services`; `*`: everything. */
  readonly may: ReadonlySet<string> | '*'
}

export interface KubernetesServerOptions {
  readonly port?: number
  /** Empty: whoever asks may do everything. */
  readonly users?: readonly KubernetesUser[]
  /** `clientCa`: certificates of clients are asked for, and believed when it issued them. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa?: string }
  readonly version?: string
  /** Of a server before this one, as the database behind it keeps it; its watches start anew. */
  readonly state?: KubernetesState
  /** How many events a watch may start behind. */
  readonly historyMax?: number
  /** How often an idle watch is told where it is. */
  readonly bookmarkMs?: number
}

export interface KubernetesServer {
  readonly port: number
  readonly url: string
  readonly state: KubernetesState
  /** Who may do what can be changed while it runs. */
  users: readonly KubernetesUser[]
  /** Requests in order, with their query: `GET /api/v1/namespaces?limit=500`. */
  readonly calls: string[]
  /** Of watches. */
  readonly openWatches: number
  /** Breaks every connection, as a proxy that is restarted. */
  cutConnections(): void
  /** Every call is answered so until it is null again. */
  failWith: { readonly status: number; readonly message: string } | null
  close(): Promise<void>
}

interface Asked {
  readonly resource: string
  readonly group: string
  readonly namespace: string | null
  readonly name: string | null
}

const resources: Readonly<Record<string, { readonly kind: string; readonly isNamespaced: boolean }>> = {
  '/api/v1 namespaces': { kind: 'Namespace', isNamespaced: false },
  '/api/v1 services': { kind: 'Service', isNamespaced: true },
  '/apis/discovery.k8s.io/v1 endpointslices': { kind: 'EndpointSlice', isNamespaced: true },
}

/**
 * The reading part of the Kubernetes API as its conventions have it
 * (https://kubernetes.io/docs/reference/using-api/api-concepts/): get, list in pages, watch from a resource version
 * with bookmarks and windows, 410 for what is too old, and refusals in `Status` objects.
 */
export async function createKubernetesServer(
  options: KubernetesServerOptions = {},
): Promise<KubernetesServer> {
  const state = options.state ?? new KubernetesState(options.historyMax)
  if (options.state !== undefined) state.compact()
  const watches = new Set<ServerResponse>()
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    self.calls.push(`${request.method} ${request.url}`)
    const url = new URL(request.url ?? '/', 'http://kubernetes')
    if (self.failWith !== null)
      return fail(response, self.failWith.status, 'InternalError', self.failWith.message)
    const user = whoIs(request, self.users)
    if (user === null) return fail(response, 401, 'Unauthorized', 'Unauthorized')
    if (url.pathname === '/version') {
      return send(response, 200, { major: '1', minor: '31', gitVersion: options.version ?? 'v1.31.4' })
    }
    const asked = parsePath(url.pathname)
    if (asked === null || request.method !== 'GET') {
      return fail(response, 404, 'NotFound', 'the server could not find the requested resource')
    }
    const isWatch = url.searchParams.get('watch') === '1' || url.searchParams.get('watch') === 'true'
    const verb = asked.name !== null ? 'get' : isWatch ? 'watch' : 'list'
    if (user.may !== '*' && !user.may.has(`${verb} ${asked.resource}`)) {
      return fail(response, 403, 'Forbidden', forbidden(user, verb, asked))
    }
    if (verb === 'get') return get(state, asked, response)
    if (verb === 'list') return list(state, asked, url.searchParams, response)
    watch(state, asked, url.searchParams, response, watches, options.bookmarkMs ?? 60_000)
  }
  const server =
    options.tls === undefined
      ? createHttpServer(answer)
      : createHttpsServer(
          {
            cert: options.tls.cert,
            key: options.tls.key,
            ...(options.tls.clientCa !== undefined && {
              ca: options.tls.clientCa,
              requestCert: true,
              rejectUnauthorized: false,
            }),
          },
          answer,
        )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const self: KubernetesServer = {
    port,
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    state,
    users: options.users ?? [],
    calls: [],
    get openWatches() {
      return watches.size
    },
    cutConnections: () => server.closeAllConnections(),
    failWith: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return self
}

const everybody: KubernetesUser = { name: 'system:admin', may: '*' }

function whoIs(request: IncomingMessage, users: readonly KubernetesUser[]): KubernetesUser | null {
  if (users.length === 0) return everybody
  const { authorization } = request.headers
  const socket = request.socket as Partial<TLSSocket>
  const commonName = socket.authorized === true ? socket.getPeerCertificate?.().subject?.CN : undefined
  const found = users.find(({ token, basic, commonName: name }) => {
    if (token !== undefined && authorization === `Bearer ${token}`) return true
    if (name !== undefined && name === commonName) return true
    if (basic === undefined) return false
    return authorization === `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`
  })
  return found ?? null
}

function parsePath(path: string): Asked | null {
  const match =
    /^(\/api\/v1|\/apis\/discovery\.k8s\.io\/v1)\/(?:namespaces\/([^/]+)\/)?([a-z]+)(?:\/([^/]+))?$/.exec(
      path,
    )
  const [, group = '', namespace, resource = '', name] = match ?? []
  const known = resources[`${group} ${resource}`]
  if (
    match === null ||
    known === undefined ||
    (known.isNamespaced && namespace === undefined && name !== undefined)
  ) {
    return null
  }
  return { resource, group, namespace: namespace ?? null, name: name ?? null }
}

function get(state: KubernetesState, { resource, namespace, name }: Asked, response: ServerResponse): void {
  const found = state.get(resource, namespace, name ?? '')
  if (found === undefined) fail(response, 404, 'NotFound', `${resource} "${name}" not found`)
  else send(response, 200, found)
}

function list(
  state: KubernetesState,
  { resource, group, namespace }: Asked,
  parameters: URLSearchParams,
  response: ServerResponse,
): void {
  const limit = Number(parameters.get('limit') ?? 0) || Number.POSITIVE_INFINITY
  const [from = 0, at = state.resourceVersion] = (parameters.get('continue') ?? '')
    .split('@')
    .filter(Boolean)
    .map(Number)
  if (at < state.oldestVersion) {
    fail(
      response,
      410,
      'Expired',
      'The provided continue parameter is too old to display a consistent list result.',
    )
    return
  }
  const items = state.list(resource, namespace, parameters.get('labelSelector'))
  const rest = items.length - from - limit
  send(response, 200, {
    kind: `${resources[`${group} ${resource}`]?.kind}List`,
    apiVersion: group.replace(/^\/apis?\//, ''),
    metadata: {
      resourceVersion: String(at),
      ...(rest > 0 && { continue: `${from + limit}@${at}`, remainingItemCount: rest }),
    },
    items: items.slice(from, from + limit),
  })
}

function watch(
  state: KubernetesState,
  { resource, namespace }: Asked,
  parameters: URLSearchParams,
  response: ServerResponse,
  watches: Set<ServerResponse>,
  bookmarkMs: number,
): void {
  const from = Number(parameters.get('resourceVersion') ?? 0)
  const selector = parameters.get('labelSelector')
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const tell = (type: WatchEvent['type'], object: object) =>
    response.write(`${JSON.stringify({ type, object })}\n`)
  const backlog = state.since(from, resource, namespace, selector)
  if (backlog === null) {
    const message = `too old resource version: ${from} (${state.resourceVersion})`
    tell('ERROR', statusOf(410, 'Expired', message))
    response.end()
    return
  }
  for (const { type, object } of backlog) tell(type, object)
  const unfollow = state.follow(resource, namespace, selector, ({ type, object }) => tell(type, object))
  const bookmarks = setInterval(() => {
    if (parameters.get('allowWatchBookmarks') !== 'true') return
    tell('BOOKMARK', bookmarkOf(resource, state.resourceVersion))
  }, bookmarkMs)
  const window = setTimeout(() => response.end(), Number(parameters.get('timeoutSeconds') ?? 1_800) * 1_000)
  watches.add(response)
  response.on('close', () => {
    watches.delete(response)
    unfollow()
    clearInterval(bookmarks)
    clearTimeout(window)
  })
}

function bookmarkOf(resource: string, version: number): StoredObject {
  const kind = resource === 'endpointslices' ? 'EndpointSlice' : 'Service'
  return { kind, metadata: { name: '', namespace: '', resourceVersion: String(version) } } as StoredObject
}

function forbidden({ name }: KubernetesUser, verb: string, { resource, group, namespace }: Asked): string {
  const apiGroup = group === '/api/v1' ? '' : 'discovery.k8s.io'
  const full = apiGroup === '' ? resource : `${resource}.${apiGroup}`
  const scope = namespace === null ? 'at the cluster scope' : `in the namespace "${namespace}"`
  return `${full} is forbidden: User "${name}" cannot ${verb} resource "${resource}" in API group "${apiGroup}" ${scope}`
}

function statusOf(code: number, reason: string, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code }
}

function fail(response: ServerResponse, code: number, reason: string, message: string): void {
  send(response, code, statusOf(code, reason, message))
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
