import { caProblem } from '@/lib/console/certificates/ca-problem.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import type { SourceConfig, SourceSecret } from '@/lib/control-plane/source-config.ts'
import { readKubeconfig } from '@/lib/discovery/kubernetes/read-kubeconfig.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import type { CreateSourceInput, SourceType } from '@/lib/domain/source.ts'

type KubernetesInput = Extract<CreateSourceInput, { type: 'kubernetes' }>['kubernetes']
type NacosInput = Extract<CreateSourceInput, { type: 'nacos' }>['nacos']
type KubernetesConfig = Exclude<SourceConfig, { type: 'nacos' }>

export interface SourcePlan {
  readonly config: SourceConfig
  /** Opened. */
  readonly secret: SourceSecret | null
}

export interface SourceWish {
  readonly type: SourceType
  readonly kubernetes?: KubernetesInput | undefined
  readonly nacos?: NacosInput | undefined
  /** Whose secret stays where none is written; null: nobody's. */
  readonly stored: SourcePlan | null
  /** Of the paths of problems: `source` in drafts. */
  readonly prefix?: string
}

type Made = { readonly plan: SourcePlan } | { readonly problems: readonly InvalidField[] }

/** Throws `invalid_input` with what cannot be. Nobody is asked anything. */
export function planSource({ type, kubernetes, nacos, stored, prefix }: SourceWish): SourcePlan {
  const part = type === 'nacos' ? 'nacos' : 'kubernetes'
  const path = prefix === undefined ? part : `${prefix}.${part}`
  const made =
    type === 'nacos'
      ? nacos && planNacos(nacos, stored)
      : kubernetes && planKubernetes(type, kubernetes, stored)
  if (made !== undefined && 'plan' in made) return made.plan
  const missing = { path: '', code: 'missing', message: 'Write the part of its type.' }
  refuseProblems(made?.problems ?? [missing], path)
  throw new Error('A source has neither a plan nor a problem.')
}

function planKubernetes(
  type: KubernetesConfig['type'],
  { connection, hiddenNamespaces }: KubernetesInput,
  stored: SourcePlan | null,
): Made {
  if (connection.kind === 'in-cluster') {
    return { plan: { config: { type, connection, hiddenNamespaces }, secret: null } }
  }
  if (connection.kind === 'server') {
    const { url, ca } = connection
    const { token, problems } = tokenOf(connection, stored)
    const wrongCa = ca === null ? null : caProblem(ca)
    const all = [...problems, ...(wrongCa === null ? [] : [{ ...wrongCa, path: 'connection.ca' }])]
    if (all.length > 0) return { problems: all }
    const config = { type, connection: { kind: 'server', url, ca }, hiddenNamespaces } as const
    return { plan: { config, secret: token === null ? null : { kind: 'token', token } } }
  }
  const kept = stored?.secret?.kind === 'kubeconfig' ? stored.secret.text : undefined
  const text = connection.kubeconfig ?? kept
  if (text === undefined) {
    const message = 'Paste the kubeconfig, or upload it.'
    return { problems: [{ path: 'connection.kubeconfig', code: 'missing', message }] }
  }
  return readConfig(text, connection.context, (access, user) => ({
    config: {
      type,
      connection: { kind: 'kubeconfig', context: connection.context, url: access.url, user },
      hiddenNamespaces,
    },
    secret: { kind: 'kubeconfig', text, access },
  }))
}

type Read = ReturnType<typeof readKubeconfig>

function readConfig(
  text: string,
  context: string | null,
  toPlan: (access: Read['access'], user: string | null) => SourcePlan,
): Made {
  try {
    const { access, user } = readKubeconfig(text, context)
    return { plan: toPlan(access, user) }
  } catch (error) {
    // Bundles of one program may each hold a copy of the class.
    if (!(error instanceof Error && error.name === 'KubeconfigError')) throw error
    return {
      problems: [{ path: 'connection.kubeconfig', code: 'kubeconfig', message: error.message }],
    }
  }
}

/** A token that nobody can read must not be sent where whoever edits the source likes. */
function tokenOf(
  { url, token }: { readonly url: string; readonly token?: string | undefined },
  stored: SourcePlan | null,
): { token: string | null; problems: InvalidField[] } {
  if (token !== undefined) return { token: token.trim(), problems: [] }
  if (stored?.secret?.kind !== 'token') return { token: null, problems: [] }
  const before = stored.config.type === 'nacos' ? null : stored.config.connection
  if (before?.kind === 'server' && new URL(before.url).origin === new URL(url).origin) {
    return { token: stored.secret.token, problems: [] }
  }
  const server = new URL(url).origin
  const message = `The token is kept for the server that it was written for, and ${server} is another one. Write it again.`
  const path = 'connection.token'
  return { token: null, problems: [{ path, code: 'secret_again', message, params: { server } }] }
}

function planNacos({ password, ...fields }: NacosInput, stored: SourcePlan | null): Made {
  const config = { type: 'nacos', ...fields } as const
  if (typeof password === 'string' && fields.username === null) {
    const message = 'Write the user name, too.'
    return { problems: [{ path: 'username', code: 'missing', message }] }
  }
  if (password !== undefined || fields.username === null) {
    return { plan: { config, secret: password ? { kind: 'password', password } : null } }
  }
  const kept = stored?.secret?.kind === 'password' ? stored.secret : null
  if (kept === null) return { plan: { config, secret: null } }
  const before = stored?.config.type === 'nacos' ? stored.config.servers : []
  const added = fields.servers.find((server) => !before.includes(server))
  if (added === undefined) return { plan: { config, secret: kept } }
  const message = `The password is kept for the servers that it was written for, and ${added} is new. Write it again.`
  return { problems: [{ path: 'password', code: 'secret_again', message, params: { server: added } }] }
}
