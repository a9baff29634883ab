import * as z from 'zod'
import { CliError } from './cli-error.ts'

const problem = z.object({ title: z.string().optional(), detail: z.string().optional() })

/** The public API of a running console, as any automation uses it. */
export interface ConsoleApi {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  /** Null when the object does not exist. */
  find<T>(path: string, schema: z.ZodType<T>): Promise<T | null>
  send<T>(method: 'POST' | 'PATCH' | 'PUT', path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
}

export function createConsoleApi(consoleUrl: string, token: string): ConsoleApi {
  const call = async (method: string, path: string, body?: unknown) =>
    fetch(new URL(`/api/v1${path}`, consoleUrl), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
  const read = async <T>(response: Response, what: string, schema: z.ZodType<T>): Promise<T> => {
    const answer: unknown = await response.json().catch(() => null)
    if (response.ok) return schema.parse(answer)
    const said = problem.safeParse(answer).data
    throw new CliError(
      `The console refused ${what} with ${response.status}: ${said?.detail ?? said?.title ?? 'no reason given'}`,
      {
        exitCode: 1,
      },
    )
  }
  return {
    get: async (path, schema) => read(await call('GET', path), path, schema),
    find: async (path, schema) => {
      const response = await call('GET', path)
      return response.status === 404 ? null : read(response, path, schema)
    },
    send: async (method, path, body, schema) => read(await call(method, path, body), path, schema),
  }
}
