import { readFile } from 'node:fs/promises'
import type { RequestOptions } from 'node:https'
import { join } from 'node:path'
import type { KubernetesAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { KubernetesError } from './kubernetes-error.ts'

/** What a request to the API server needs besides its path. */
export interface PreparedAccess {
  readonly url: string
  readonly authorization: string | null
  readonly tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'servername'>
}

/** Where a pod finds what its service account is given. */
export interface PodFiles {
  readonly folder: string
  readonly url: string
}

const podFiles: PodFiles = {
  folder: '/var/run/secrets/kubernetes.io/serviceaccount',
  url: 'https://kubernetes.default.svc',
}

/** Asked for each request, because a pod's token is replaced while it runs. Rejects with `KubernetesError`. */
export async function prepareAccess(
  access: KubernetesAccess,
  { folder, url }: PodFiles = podFiles,
): Promise<PreparedAccess> {
  if (access.kind === 'server') return ofServer(access)
  try {
    const read = (file: string) =>
      readFile(/* turbopackIgnore: true */ join(/* turbopackIgnore: true */ folder, file), 'utf8')
    const [token, ca] = await Promise.all([read('token'), read('ca.crt')])
    return { url, authorization: `Bearer ${token.trim()}`, tls: { ca } }
  } catch (cause) {
    throw new KubernetesError(
      null,
      'This process has no service account of Kubernetes. Run it in a pod of the cluster, or use a kubeconfig.',
      { cause },
    )
  }
}

function ofServer({
  url,
  ca,
  serverName,
  credential,
}: Extract<KubernetesAccess, { readonly kind: 'server' }>): PreparedAccess {
  const pair = credential.type === 'certificate' ? { cert: credential.certificate, key: credential.key } : {}
  return {
    url,
    authorization: authorizationOf(credential),
    tls: { ...(ca !== null && { ca }), ...(serverName !== null && { servername: serverName }), ...pair },
  }
}

function authorizationOf(
  credential: Extract<KubernetesAccess, { readonly kind: 'server' }>['credential'],
): string | null {
  if (credential.type === 'token') return `Bearer ${credential.token}`
  if (credential.type !== 'basic') return null
  const { username, password } = credential
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
