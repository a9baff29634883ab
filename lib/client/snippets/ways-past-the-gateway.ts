import { headerLines, plainOrQuoted } from './curl.ts'
import { quoteBash } from './quote-shell.ts'
import { joinUrl, type SnippetInput } from './snippet-input.ts'

/** Asks for the ready instances, as SDKs do; no token is needed. */
export function discoverySnippet(url: string): string {
  return `curl ${plainOrQuoted(url)}`
}

/**
 * The call that reaches an instance through a layer 4 listener: the instance's own scheme, base path and credential,
 * for nothing of the gateway's HTTP stands between.
 */
export function listenerSnippet(
  address: string,
  instanceUrl: string,
  path: string,
  input: Pick<SnippetInput, 'apiType' | 'body'>,
): string {
  const { protocol, pathname } = new URL(instanceUrl)
  const url = joinUrl(joinUrl(`${protocol}//${address}`, pathname), path)
  return [
    `curl ${plainOrQuoted(url)}`,
    ...headerLines({ ...input, url, streaming: false, token: null }).map((line) => `-H ${quoteBash(line)}`),
    `-d ${quoteBash(JSON.stringify(input.body, null, 2).replaceAll('\n', '\n  '))}`,
  ].join(' \\\n  ')
}

/** Whether the port answers at all. */
export function probeSnippet(address: string): string {
  const colon = address.lastIndexOf(':')
  return `nc -vz ${address.slice(0, colon).replace(/^\[|\]$/g, '')} ${address.slice(colon + 1)}`
}

export interface NacosQuery {
  readonly server: string
  /** Empty: `public`. */
  readonly namespace: string
  readonly group: string
  readonly serviceName: string
}

/** What a Nacos client asks its server for. */
export function nacosSnippet({ server, namespace, group, serviceName }: NacosQuery): string {
  const query = new URLSearchParams({ serviceName, groupName: group, healthyOnly: 'true' })
  if (namespace !== '') query.set('namespaceId', namespace)
  return `curl ${quoteBash(`${joinUrl(server, '/nacos/v1/ns/instance/list')}?${query}`)}`
}
