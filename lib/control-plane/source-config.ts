import * as z from 'zod'
import type { KubernetesAccess, NacosAccess } from '@/lib/snapshot/discovery-snapshot.ts'

/** What the column `config` of a source holds, by its type, without secrets. */

const kubernetes = {
  connection: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('kubeconfig'),
      /** As it was chosen; null: the current one. */
      context: z.string().nullable(),
      /** What the kubeconfig says, to be shown. */
      url: z.string(),
      user: z.string().nullable(),
    }),
    z.object({ kind: z.literal('server'), url: z.string(), ca: z.string().nullable() }),
    z.object({ kind: z.literal('in-cluster') }),
  ]),
  hiddenNamespaces: z.array(z.string()),
}

export const sourceConfig = z.discriminatedUnion('type', [
  z.object({ type: z.literal('kubernetes'), ...kubernetes }),
  z.object({ type: z.literal('sae'), ...kubernetes }),
  z.object({
    type: z.literal('nacos'),
    servers: z.array(z.string()),
    namespace: z.string(),
    groups: z.array(z.string()),
    username: z.string().nullable(),
  }),
])
export type SourceConfig = z.infer<typeof sourceConfig>

const credential = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), token: z.string() }),
  z.object({ type: z.literal('certificate'), certificate: z.string(), key: z.string() }),
  z.object({ type: z.literal('basic'), username: z.string(), password: z.string() }),
  z.object({ type: z.literal('none') }),
])

/** What `secretSealed` of a source holds, as JSON. A kubeconfig is read when it is saved, and kept to be read again. */
export const sourceSecret = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('kubeconfig'),
    text: z.string(),
    access: z.object({
      url: z.string(),
      ca: z.string().nullable(),
      serverName: z.string().nullable(),
      credential,
    }),
  }),
  z.object({ kind: z.literal('token'), token: z.string() }),
  z.object({ kind: z.literal('password'), password: z.string() }),
])
export type SourceSecret = z.infer<typeof sourceSecret>

export type SourceAccess =
  | { readonly type: 'kubernetes'; readonly cluster: KubernetesAccess }
  | { readonly type: 'nacos'; readonly cluster: NacosAccess }

/** How a node speaks to the registry. */
export function sourceAccess(
  sourceId: string,
  config: SourceConfig,
  secret: SourceSecret | null,
): SourceAccess {
  if (config.type === 'nacos') {
    const { servers, namespace, username } = config
    const password = secret?.kind === 'password' ? secret.password : null
    return { type: 'nacos', cluster: { sourceId, servers, namespace, username, password } }
  }
  const { connection } = config
  if (connection.kind === 'in-cluster') {
    return { type: 'kubernetes', cluster: { kind: 'in-cluster', sourceId } }
  }
  if (secret?.kind === 'kubeconfig') {
    return { type: 'kubernetes', cluster: { kind: 'server', sourceId, ...secret.access } }
  }
  const { url } = connection
  const ca = connection.kind === 'server' ? connection.ca : null
  const given = secret?.kind === 'token' ? ({ type: 'token', token: secret.token } as const) : null
  const server = { kind: 'server', sourceId, url, ca, serverName: null } as const
  return { type: 'kubernetes', cluster: { ...server, credential: given ?? { type: 'none' } } }
}
