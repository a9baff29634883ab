import { hkdfSync } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { createAuth } from '@/lib/console/accounts/auth.ts'
import { ensureAdmin } from '@/lib/console/accounts/ensure-admin.ts'
import { tokenHash } from '@/lib/console/accounts/random-token.ts'
import { createSetupLink } from '@/lib/console/accounts/setup-link.ts'
import { startControlPlane } from '@/lib/control-plane/control-plane.ts'
import { gatewayPlace } from '@/lib/control-plane/gateway-place.ts'
import { closeDatabase, type Database, databaseKind, openDatabase } from '@/lib/persistence/database.ts'
import { loadMasterKey } from '@/lib/persistence/master-key.ts'
import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import { type Env, readEnv } from '@/lib/platform/env.ts'
import { createLogger, type Logger } from '@/lib/platform/logger.ts'
import { version as programVersion } from '@/package.json'
import { consoleContext, setConsoleContext } from './console-context.ts'
import { renewRegularly } from './domains/renew-regularly.ts'
import { ensureSharedGateway } from './gateways/ensure-shared-gateway.ts'
import { loadNodeToken } from './node-token.ts'
import { onShutdown } from './on-shutdown.ts'
import { tidyRegularly } from './tidy-regularly.ts'

/** Read by the console's own server, which announces the setup link. */
const holder = globalThis as { __switchyardConsole?: { ready: Promise<{ setupUrl: string | null }> } }

/** Once per process, before the first request. A failure ends up in `ready` and fails the start. */
export async function boot(): Promise<void> {
  holder.__switchyardConsole ??= { ready: startConsole(readEnv()) }
  await holder.__switchyardConsole.ready
}

export interface StartOptions {
  readonly clock?: Clock
  readonly logger?: Logger
  /** An open, migrated database, which the caller closes. */
  readonly database?: Database
}

export async function startConsole(
  env: Env,
  {
    clock = systemClock,
    logger = createLogger('console', env.SWITCHYARD_LOG_LEVEL),
    database,
  }: StartOptions = {},
): Promise<{ setupUrl: string | null }> {
  const dataDir = path.resolve(env.SWITCHYARD_DATA_DIR)
  const masterKey = await loadMasterKey(env.SWITCHYARD_MASTER_KEY, dataDir)
  const opened = database ?? (await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir }))
  const publicUrl = publicUrlOf(env)
  const place = gatewayPlace(env)
  setConsoleContext({
    database: opened,
    auth: createAuth({
      client: opened,
      provider: databaseKind(opened),
      // A key of its own, so that no signature ever speaks of the key that seals secrets.
      secret: Buffer.from(hkdfSync('sha256', masterKey, '', 'session cookie', 32)).toString('base64'),
      publicUrl,
    }),
    masterKey,
    publicUrl,
    bootstrapTokenHash: env.SWITCHYARD_API_TOKEN === undefined ? null : tokenHash(env.SWITCHYARD_API_TOKEN),
    place,
    dnsServers: env.SWITCHYARD_DNS_SERVERS.split(',')
      .map((server) => server.trim())
      .filter((server) => server !== ''),
    acme: { directoryUrl: env.SWITCHYARD_ACME_DIRECTORY, email: env.SWITCHYARD_ACME_EMAIL ?? null },
    programVersion,
    hostName: hostname(),
    clock,
    logger,
  })
  await ensureSharedGateway()
  if (env.SWITCHYARD_ADMIN_EMAIL !== undefined && env.SWITCHYARD_ADMIN_PASSWORD !== undefined) {
    await ensureAdmin(env.SWITCHYARD_ADMIN_EMAIL, env.SWITCHYARD_ADMIN_PASSWORD)
  }
  const stopTidying = tidyRegularly()
  const stopRenewing = renewRegularly()
  const nodeToken = await loadNodeToken(env.SWITCHYARD_NODE_TOKEN, dataDir)
  const plane = startControlPlane({ database: opened, masterKey, place, nodeToken, clock, logger })
  onShutdown(async () => {
    stopTidying()
    stopRenewing()
    plane.close()
    if (database === undefined) await closeDatabase(consoleContext().database)
  })
  return { setupUrl: await createSetupLink() }
}

function publicUrlOf(env: Env): string {
  const url = env.SWITCHYARD_PUBLIC_URL ?? `http://localhost:${env.PORT}`
  return url.replace(/\/+$/, '')
}
