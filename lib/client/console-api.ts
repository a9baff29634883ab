import { ConsoleApiError } from './console-api-error.ts'

export type QueryValue = string | number | boolean | null | undefined

export interface RequestOptions {
  /** Left out of the address when null, undefined or empty. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  readonly signal?: AbortSignal | undefined
  /** Makes repeating a create harmless; see `useCreateMutation`. */
  readonly idempotencyKey?: string | undefined
  /** The version that a write without a body of fields is based on. */
  readonly ifMatch?: number | undefined
}

const base = '/api/v1'

/**
 * The console's API from a page. `path` begins with `/` and is below `/api/v1`.
 * Every failure is a `ConsoleApiError`, except an abort, which stays an `AbortError`.
 */
export const consoleApi = {
  get: <T>(path: string, options?: RequestOptions) => send<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) => send<T>('POST', path, body, options),
  patch: <T>(path: string, body: unknown, options?: RequestOptions) => send<T>('PATCH', path, body, options),
  put: <T>(path: string, body?: unknown, options?: RequestOptions) => send<T>('PUT', path, body, options),
  delete: <T = undefined>(path: string, options?: RequestOptions) =>
    send<T>('DELETE', path, undefined, options),
}

/** The body of an answer that comes in lines, as it comes. */
export async function openStream(
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetchOrFail(address(path, undefined), {
    method: 'POST',
    headers: { ...headers(body, {}), accept: 'application/x-ndjson' },
    body: JSON.stringify(body),
    signal,
    credentials: 'same-origin',
    cache: 'no-store',
  })
  if (!response.ok) throw await ConsoleApiError.fromResponse(response)
  if (response.body === null) throw ConsoleApiError.unreadable(response, new Error('No body.'))
  return response.body
}

/** Joins path segments, each escaped: `apiPath('workspaces', ws, 'tokens')`. */
export function apiPath(...segments: readonly string[]): string {
  return segments.map((segment) => `/${encodeURIComponent(segment)}`).join('')
}

async function send<T>(
  method: string,
  path: string,
  body: unknown,
  options: RequestOptions = {},
): Promise<T> {
  const response = await fetchOrFail(address(path, options.query), {
    method,
    headers: headers(body, options),
    body: body === undefined ? null : JSON.stringify(body),
    signal: options.signal ?? null,
    credentials: 'same-origin',
    cache: 'no-store',
  })
  if (!response.ok) throw await ConsoleApiError.fromResponse(response)
  if (response.status === 204) return undefined as T
  try {
    return (await response.json()) as T
  } catch (cause) {
    throw ConsoleApiError.unreadable(response, cause)
  }
}

function address(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return `${base}${path}${text === '' ? '' : `?${text}`}`
}

function headers(body: unknown, { idempotencyKey, ifMatch }: RequestOptions): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
  }
}

async function fetchOrFail(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw ConsoleApiError.unreachable(cause)
  }
}
