import * as z from 'zod'
import {
  type CreateSourceForm,
  createSourceInput,
  hiddenNamespaces,
  type Source,
  type SourceType,
  type updateSourceInput,
} from '@/lib/domain/source.ts'

/** A source as its drawer edits it; the parts of the other type keep their values and are not sent. */
export interface SourceFormValues {
  readonly name: string
  readonly gatewayId: string
  readonly type: SourceType
  readonly connection: 'kubeconfig' | 'server' | 'in-cluster'
  readonly kubeconfig: string
  /** Empty: the current one. */
  readonly context: string
  readonly url: string
  readonly ca: string
  readonly token: string
  readonly hiddenNamespaces: readonly string[]
  /** As pasted: `nacos.internal:8848`, with or without http://. */
  readonly servers: string
  readonly namespace: string
  readonly groups: readonly string[]
  readonly signsIn: boolean
  readonly username: string
  readonly password: string
}

export function emptySourceForm(gatewayId: string, type: SourceType): SourceFormValues {
  return {
    name: '',
    gatewayId,
    type,
    connection: 'kubeconfig',
    kubeconfig: '',
    context: '',
    url: '',
    ca: '',
    token: '',
    hiddenNamespaces: [...hiddenNamespaces],
    servers: '',
    namespace: '',
    groups: ['DEFAULT_GROUP'],
    signsIn: false,
    username: '',
    password: '',
  }
}

export function sourceFormOf({ name, gateway, type, kubernetes, nacos }: Source): SourceFormValues {
  const empty = { ...emptySourceForm(gateway.id, type), name }
  if (nacos) {
    const { servers, namespace, groups, username } = nacos
    return {
      ...empty,
      servers: servers.join('\n'),
      namespace,
      groups,
      signsIn: username !== null,
      username: username ?? '',
    }
  }
  if (!kubernetes) return empty
  const { connection } = kubernetes
  return {
    ...empty,
    connection: connection.kind,
    hiddenNamespaces: kubernetes.hiddenNamespaces,
    ...(connection.kind === 'kubeconfig' ? { context: connection.context ?? '' } : {}),
    ...(connection.kind === 'server' ? { url: connection.url, ca: connection.ca ?? '' } : {}),
  }
}

/** What the API is sent for a new source, and what is tried before it is saved. */
export function createSourceOf(values: SourceFormValues): CreateSourceForm {
  const common = { name: values.name.trim(), gatewayId: values.gatewayId }
  if (values.type === 'nacos') return { ...common, type: 'nacos', nacos: nacosPart(values) }
  return { ...common, type: values.type, kubernetes: kubernetesPart(values) }
}

/** Type and gateway stay; secrets that were left empty stay too. */
export function updateSourceOf(values: SourceFormValues, version: number): z.input<typeof updateSourceInput> {
  const { type: _, gatewayId: __, ...changes } = createSourceOf(values)
  return { ...changes, version }
}

function kubernetesPart(values: SourceFormValues) {
  return { connection: connectionPart(values), hiddenNamespaces: [...values.hiddenNamespaces] }
}

function connectionPart({ connection, kubeconfig, context, url, ca, token }: SourceFormValues) {
  if (connection === 'in-cluster') return { kind: connection }
  if (connection === 'kubeconfig') {
    return { kind: connection, context: context || null, ...(kubeconfig.trim() && { kubeconfig }) }
  }
  const secret = token.trim()
  return { kind: connection, url: url.trim(), ca: ca.trim() || null, ...(secret && { token: secret }) }
}

function nacosPart({ servers, namespace, groups, signsIn, username, password }: SourceFormValues) {
  const secret = signsIn ? password : null
  return {
    servers: servers
      .split(/[\s,;，；]+/)
      .filter((server) => server !== '')
      .map((server) => (/^https?:\/\//i.test(server) ? server : `http://${server}`)),
    namespace: namespace.trim(),
    groups: [...groups],
    username: signsIn ? username.trim() : null,
    // Left out: the stored one stays.
    ...(secret === '' ? {} : { password: secret }),
  }
}

interface SchemaOptions {
  /** Sentences for what schemas leave unsaid. */
  readonly error: (issue: z.core.$ZodRawIssue) => string
  /** Of the source being edited, whose secrets may be left out. */
  readonly stored: Source | null
}

/** Checks with the API's own schema, and that a new source has its secrets. */
export function sourceFormSchema({
  error,
  stored,
}: SchemaOptions): z.ZodType<SourceFormValues, SourceFormValues> {
  return z.custom<SourceFormValues>().check((context) => {
    const values = context.value
    const complain = (path: string, message: string) =>
      context.issues.push({ code: 'custom', message, path: [path], input: values })
    const parsed = createSourceInput.safeParse(createSourceOf(values), { error })
    const seen = new Set<string>()
    for (const { path, message } of parsed.error?.issues ?? []) {
      const field = sourceFieldPath(path.join('.'))
      if (!seen.has(field)) complain(field, message)
      seen.add(field)
    }
    const kept = stored?.kubernetes?.connection.kind === values.connection
    if (values.type === 'nacos') return
    if (values.connection === 'kubeconfig' && values.kubeconfig.trim() === '' && !kept) {
      complain('kubeconfig', 'Paste a kubeconfig.')
    }
    if (values.connection === 'server' && values.token.trim() === '' && !kept) {
      complain('token', 'Write the token of a service account.')
    }
  })
}

const fields = new Set(['name', 'gatewayId', 'type', 'kubeconfig', 'context', 'url', 'ca', 'token'])
const ownFields = new Set(['hiddenNamespaces', 'servers', 'namespace', 'groups', 'username', 'password'])

/** `kubernetes.connection.url` is the form's `url`. */
export function sourceFieldPath(path: string): string {
  const parts = path.split('.')
  const known = parts.find((part) => fields.has(part) || ownFields.has(part))
  return known ?? (parts.includes('connection') ? 'connection' : path)
}
