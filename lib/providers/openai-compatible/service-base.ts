import { ProviderSettingsError } from '@/lib/providers/provider.ts'

/** A base URL in the parts that requests are made of. */
export interface ServiceBase {
  /** `https://api.example.com` */
  readonly origin: string
  /** Without a slash at the end; empty for the root. */
  readonly path: string
  readonly query: URLSearchParams
}

const operationAtEnd = /\/(chat\/completions|completions|embeddings|messages|responses|models)$/

/** Keeps the base as typed. Throws on what requests cannot be appended to. */
export function parseServiceBase(baseUrl: string): ServiceBase {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ProviderSettingsError('baseUrl', 'Write an address such as https://api.example.com/v1.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new ProviderSettingsError(
      'baseUrl',
      'Keep user and password out of the address. Keys go with the keys.',
    )
  }
  if (url.hash !== '') throw new ProviderSettingsError('baseUrl', 'Cut the address at #.')
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, ''), query: url.searchParams }
}

/** Throws where the path of an operation was pasted with the base. */
export function refuseOperation({ path }: ServiceBase): void {
  const operation = operationAtEnd.exec(path)?.[0]
  if (operation === undefined) return
  throw new ProviderSettingsError('baseUrl', `Paste the base, not the path: leave out ${operation}.`)
}

/** `/v1/files?limit=2` below `/api/v3` is `/api/v3/files?limit=2`, with the base's own query behind. */
export function joinOpenAiPath(base: ServiceBase, openAiPath: string): string {
  const operation = openAiPath.replace(/^\/v1(?=[/?]|$)/, '')
  const query = base.query.toString()
  if (query === '') return base.path + operation
  return `${base.path}${operation}${operation.includes('?') ? '&' : '?'}${query}`
}
