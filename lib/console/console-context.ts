import type { Auth } from '@/lib/console/accounts/auth.ts'
import type { GatewayPlace } from '@/lib/control-plane/gateway-place.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Database } from '@/lib/persistence/database.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'

/** What every use case of one running console shares. */
export interface ConsoleContext {
  readonly database: Database
  readonly auth: Auth
  readonly masterKey: Buffer
  /** Where people find the console, without a slash at the end. */
  readonly publicUrl: string
  /** SHA-256 of the token in the environment, or null. */
  readonly bootstrapTokenHash: string | null
  readonly place: GatewayPlace
  /** `address[:port]` of the DNS servers that are asked about domain names; empty: the system's. */
  readonly dnsServers: readonly string[]
  /** Where automatic certificates come from (RFC 8555), and the contact that the server is told. */
  readonly acme: { readonly directoryUrl: string; readonly email: string | null }
  readonly programVersion: string
  /** This machine's name, as nodes beside the console report it. */
  readonly hostName: string
  readonly clock: Clock
  readonly logger: Logger
}

/** On globalThis, because the bundler gives instrumentation and routes a copy of this module each. */
const holder = globalThis as { __switchyardConsoleContext?: ConsoleContext | undefined }

/** Throws `unavailable` before the console has started. */
export function consoleContext(): ConsoleContext {
  const context = holder.__switchyardConsoleContext
  if (context === undefined) {
    throw new AppError('unavailable', 'The console is starting.', { retryAfterSeconds: 1 })
  }
  return context
}

export function setConsoleContext(context: ConsoleContext | undefined): void {
  holder.__switchyardConsoleContext = context
}

export function isConsoleStarted(): boolean {
  return holder.__switchyardConsoleContext !== undefined
}
