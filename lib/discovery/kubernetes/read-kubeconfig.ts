import { isScalar, parseDocument, visit } from 'yaml'
import * as z from 'zod'
import type { KubernetesAccess } from '@/lib/snapshot/discovery-snapshot.ts'

/** What a kubeconfig gives for one of its contexts. */
export interface Kubeconfig {
  readonly access: Pick<ServerAccess, 'url' | 'ca' | 'serverName' | 'credential'>
  readonly context: string
  /** As the kubeconfig calls it; null: nobody. */
  readonly user: string | null
  /** All that could be chosen. */
  readonly contexts: readonly string[]
}

type ServerAccess = Extract<KubernetesAccess, { readonly kind: 'server' }>

/** `message` says what is wrong and what to do, and holds nothing secret. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError'
}

const named = z.object({ name: z.string() })
const optionalText = z.string().nullish()

const kubeconfig = z.object({
  clusters: z.array(named.extend({ cluster: z.record(z.string(), z.unknown()) })).nullish(),
  contexts: z
    .array(named.extend({ context: z.object({ cluster: z.string(), user: optionalText }) }))
    .nullish(),
  users: z.array(named.extend({ user: z.record(z.string(), z.unknown()).nullish() })).nullish(),
  'current-context': optionalText,
})

const flatten = 'Paste what `kubectl config view --raw --flatten --minify` prints.'
const tokenInstead = 'Make a service account, and use its token (`kubectl create token`).'

/** Of a cluster or a user: what cannot work in a gateway, and what to do instead. */
const refused: Readonly<Record<string, string>> = {
  'certificate-authority': `names a file of another machine. ${flatten}`,
  'client-certificate': `names a file of another machine. ${flatten}`,
  'client-key': `names a file of another machine. ${flatten}`,
  tokenFile: `names a file of another machine. ${flatten}`,
  exec: `runs a program to log in, which a gateway does not do. ${tokenInstead}`,
  'auth-provider': `logs in through a plug-in, which a gateway does not have. ${tokenInstead}`,
  'insecure-skip-tls-verify':
    'leaves the server unverified. Remove it, and give its authority as certificate-authority-data.',
  'proxy-url': 'leads through a proxy, which a gateway does not use. Remove it.',
  as: `acts for somebody else. ${tokenInstead}`,
}

/** Reads one context, the current one where none is named. Throws `KubeconfigError`. */
export function readKubeconfig(text: string, context: string | null = null): Kubeconfig {
  const config = parse(text)
  const contexts = config.contexts ?? []
  const wanted = context ?? config['current-context'] ?? null
  if (contexts.length === 0) {
    throw new KubeconfigError('The kubeconfig has no contexts. Paste the whole file.')
  }
  if (wanted === null || wanted === '') {
    throw new KubeconfigError(`The kubeconfig has no current-context. Choose one of: ${listed(contexts)}.`)
  }
  const chosen = contexts.find(({ name }) => name === wanted)?.context
  if (chosen === undefined) {
    throw new KubeconfigError(`The kubeconfig has no context ${wanted}. It has: ${listed(contexts)}.`)
  }
  const cluster = config.clusters?.find(({ name }) => name === chosen.cluster)?.cluster
  if (cluster === undefined) {
    throw new KubeconfigError(
      `The kubeconfig has no cluster ${chosen.cluster}, which context ${wanted} uses.`,
    )
  }
  const userName = chosen.user || null
  const user = userName === null ? {} : config.users?.find(({ name }) => name === userName)?.user
  if (user === undefined) {
    throw new KubeconfigError(`The kubeconfig has no user ${userName}, which context ${wanted} uses.`)
  }
  refuse(`Cluster ${chosen.cluster}`, cluster)
  refuse(`User ${userName}`, user ?? {})
  return {
    access: {
      url: readServer(cluster),
      ca: readPem(cluster, 'certificate-authority-data', 'CERTIFICATE'),
      serverName: textOf(cluster, 'tls-server-name'),
      credential: readCredential(user ?? {}),
    },
    context: wanted,
    user: userName,
    contexts: contexts.map(({ name }) => name),
  }
}

function parse(text: string): z.infer<typeof kubeconfig> {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false })
  const [problem] = document.errors
  // Whatever the parser quotes could be a key.
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line
    throw new KubeconfigError(`The kubeconfig is not YAML${line === undefined ? '' : ` (line ${line})`}.`)
  }
  refuseRepeats(document)
  const read = kubeconfig.safeParse(toPlain(document))
  if (read.success) return read.data
  const place = read.error.issues[0]?.path.join('.') || 'its top'
  throw new KubeconfigError(`The kubeconfig does not have the shape of one, at ${place}. ${flatten}`)
}

/** In one pass: the parser would compare each field with all others. */
function refuseRepeats(document: ReturnType<typeof parseDocument>): void {
  visit(document, {
    Map(_position, { items }) {
      const names = new Set<unknown>()
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key
        if (names.has(name)) throw new KubeconfigError('The kubeconfig is not YAML: it has a field twice.')
        names.add(name)
      }
    },
  })
}

function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    throw new KubeconfigError(`The kubeconfig repeats itself too often. ${flatten}`)
  }
}

function refuse(where: string, fields: Readonly<Record<string, unknown>>): void {
  for (const [field, why] of Object.entries(refused)) {
    const value = fields[field]
    if (value === undefined || value === null || value === false || value === '') continue
    throw new KubeconfigError(`${where} of the kubeconfig has ${field}, which ${why}`)
  }
}

function readServer(cluster: Readonly<Record<string, unknown>>): string {
  const server = textOf(cluster, 'server')
  if (server === null || !URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) {
    throw new KubeconfigError('The cluster of the kubeconfig has no server such as https://10.0.0.1:6443.')
  }
  const { origin, pathname } = new URL(server)
  return origin + pathname.replace(/\/+$/, '')
}

function readCredential(user: Readonly<Record<string, unknown>>): ServerAccess['credential'] {
  const certificate = readPem(user, 'client-certificate-data', 'CERTIFICATE')
  const key = readPem(user, 'client-key-data', 'PRIVATE KEY')
  if ((certificate === null) !== (key === null)) {
    throw new KubeconfigError(
      'client-certificate-data and client-key-data of the kubeconfig go together: give both.',
    )
  }
  const token = textOf(user, 'token')
  if (token !== null) return { type: 'token', token: token.trim() }
  if (certificate !== null && key !== null) return { type: 'certificate', certificate, key }
  const username = textOf(user, 'username')
  const password = textOf(user, 'password')
  if (username !== null && password !== null) return { type: 'basic', username, password }
  return { type: 'none' }
}

function readPem(fields: Readonly<Record<string, unknown>>, field: string, what: string): string | null {
  const data = textOf(fields, field)
  if (data === null) return null
  const pem = Buffer.from(data, 'base64').toString('utf8')
  if (pem.includes('-----BEGIN') && pem.includes(`${what}-----`)) return pem
  throw new KubeconfigError(`${field} of the kubeconfig is not a PEM in base64. ${flatten}`)
}

function textOf(fields: Readonly<Record<string, unknown>>, field: string): string | null {
  const value = fields[field]
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  throw new KubeconfigError(`${field} of the kubeconfig is not text. Put it into quotation marks.`)
}

function listed(contexts: ReadonlyArray<{ readonly name: string }>): string {
  const names = contexts.slice(0, 10).map(({ name }) => name)
  return names.length === 0 ? 'none' : names.join(', ')
}
