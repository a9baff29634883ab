import { afterEach } from 'vitest'
import { startConsole } from '@/lib/console/boot.ts'
import { setConsoleContext } from '@/lib/console/console-context.ts'
import type { RouteHandler } from '@/lib/console/http/declaration.ts'
import type { TestDatabase } from '@/lib/persistence/testing/test-database.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { readEnv } from '@/lib/platform/env.ts'
import { createLogger } from '@/lib/platform/logger.ts'

export const origin = 'http://localhost:3000'
export const adminEmail = 'owner@example.com'
export const adminPassword = 'correct horse battery'
export const bootstrapToken = 'bootstrap-token-of-the-tests-0123456789'

export class TestClock implements Clock {
  #now = Date.now()

  now(): number {
    return this.#now
  }

  advance(ms: number): void {
    this.#now += ms
  }
}

export interface TestConsole {
  readonly clock: TestClock
  readonly setupUrl: string | null
  readonly logged: string[]
}

/** A whole console in this process, without its server: routes are called as functions. */
export async function startTestConsole(
  { database, dataDir, databaseUrl }: TestDatabase,
  environment: Record<string, string> = {
    SWITCHYARD_ADMIN_EMAIL: adminEmail,
    SWITCHYARD_ADMIN_PASSWORD: adminPassword,
  },
): Promise<TestConsole> {
  const env = readEnv({
    SWITCHYARD_DATA_DIR: dataDir,
    SWITCHYARD_API_TOKEN: bootstrapToken,
    SWITCHYARD_NODE_TOKEN: 'node-token-of-the-tests-0123456789abcdef',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...environment,
  })
  const clock = new TestClock()
  const logged: string[] = []
  const logger = createLogger('console', 'silent')
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    logger[level] = (...parts: unknown[]) => void logged.push(JSON.stringify(parts, serializeErrors))
  }
  const { setupUrl } = await startConsole(env, { clock, logger, database })
  return { clock, setupUrl, logged }
}

function serializeErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { message: value.message, stack: value.stack, cause: value.cause } : value
}

/** After each test, closes what its console opened: a control plane left behind would go on asking the database. */
export function closeTestConsoles(): void {
  afterEach(async () => {
    const holder = globalThis as { __switchyardShutdown?: Set<() => void | Promise<void>> }
    for (const hook of [...(holder.__switchyardShutdown ?? [])]) await hook()
    holder.__switchyardShutdown?.clear()
    setConsoleContext(undefined)
  })
}

export interface CallOptions {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** Null: anonymous. Left out: the bootstrap token. */
  readonly token?: string | null
  /** A signed-in browser; sends its cookie and a same-origin Origin. */
  readonly cookie?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape.
  readonly json: any
}

export async function call(
  handler: RouteHandler,
  method: string,
  { params = {}, query = {}, body, headers = {}, token, cookie }: CallOptions = {},
): Promise<Answer> {
  const path = Object.values(params).map((part) => encodeURIComponent(Buffer.from(part).toString()))
  const url = new URL(`/api/v1/${path.join('/')}`, origin)
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
  const shown = token === undefined && cookie === undefined ? bootstrapToken : token
  const request = new Request(url, {
    method,
    headers: {
      host: 'localhost:3000',
      'x-forwarded-for': '203.0.113.7',
      ...(shown && { authorization: `Bearer ${shown}` }),
      ...(cookie !== undefined && { cookie, origin }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The `Cookie` header that a browser would send after an answer. */
export function cookieOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
