import * as z from 'zod'

/** Every environment variable the project reads, checked once at start. No other file reads `process.env`. */

const port = z.coerce.number().int().min(1).max(65535)
const optionalText = z.string().trim().min(1).optional()

/** `8100-8199` → first and last port of dedicated gateways. */
const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'Write two ports with a dash: 8100-8199.')
  .transform((text) => text.split('-').map(Number) as [number, number])
  .refine(
    ([first, last]) => first >= 1 && last <= 65535 && first <= last,
    'The first port must not exceed the last.',
  )

const environment = z.object({
  /** Where state lives: database, keys, the nodes' last good snapshots. */
  SWITCHYARD_DATA_DIR: z.string().min(1).default('./data'),
  /** Unset: SQLite in the data folder. `postgres://…` or `file:/absolute/path.db`. */
  DATABASE_URL: optionalText,
  /** The console's port. */
  PORT: port.default(3000),
  /** Which address the console listens on. */
  SWITCHYARD_CONSOLE_HOST: z.string().default('127.0.0.1'),
  /** The address people type for the console; decides cookie security and links. Default `http://localhost:<PORT>`. */
  SWITCHYARD_PUBLIC_URL: z.url().optional(),
  /** Which address gateway listeners bind. */
  SWITCHYARD_GATEWAY_BIND: z.string().default('0.0.0.0'),
  /** The host name printed in endpoints of the shared gateway. */
  SWITCHYARD_GATEWAY_HOST: z.string().default('localhost'),
  /** Dedicated gateways and host forms are printed below it; unset: below the gateway host. */
  SWITCHYARD_BASE_DOMAIN: optionalText,
  /** How many node processes `switchyard up` runs for the shared gateway; they share its ports. */
  SWITCHYARD_GATEWAY_NODES: z.coerce.number().int().min(1).max(64).default(1),
  /** How long requests under way may go on after a stop was asked for. */
  SWITCHYARD_DRAIN_SECONDS: z.coerce.number().int().min(0).max(86_400).default(30),
  /** The same for a node process that a reload has relieved, which nobody waits for. */
  SWITCHYARD_RELOAD_DRAIN_SECONDS: z.coerce.number().int().min(0).max(86_400).default(600),
  SWITCHYARD_GATEWAY_INTERNET_PORT: port.default(8080),
  SWITCHYARD_GATEWAY_VPC_PORT: port.default(8081),
  SWITCHYARD_GATEWAY_INTERNET_TLS_PORT: port.default(8443),
  SWITCHYARD_GATEWAY_VPC_TLS_PORT: port.default(8444),
  SWITCHYARD_DEDICATED_PORTS: portRange.default([8100, 8199]),
  /** How many nodes dedicated gateways may have in all, at their most. */
  SWITCHYARD_DEDICATED_NODES: z.coerce.number().int().min(0).max(10_000).default(100),
  /** The name server's port on each host, UDP and TCP, while a gateway has authoritative DNS. */
  SWITCHYARD_DNS_PORT: port.default(8053),
  /** The addresses that the name server answers with, comma separated. Unset: this machine's own. */
  SWITCHYARD_GATEWAY_ADDRESSES: z.string().default(''),
  /** DNS servers, comma separated `address[:port]`, that the console asks when it checks domains. Unset: the system's. */
  SWITCHYARD_DNS_SERVERS: z.string().default(''),
  /** The ACME server (RFC 8555) that automatic certificates come from. */
  SWITCHYARD_ACME_DIRECTORY: z.url().default('https://acme-v02.api.letsencrypt.org/directory'),
  /** Told to the ACME server as the contact. */
  SWITCHYARD_ACME_EMAIL: z.email().optional(),
  /** CIDR blocks, comma separated, whose forwarded client addresses the console believes. */
  SWITCHYARD_TRUSTED_PROXIES: z.string().default(''),
  /** Makes the first owner without the setup page; both or neither. */
  SWITCHYARD_ADMIN_EMAIL: z.email().optional(),
  SWITCHYARD_ADMIN_PASSWORD: z.string().min(12).optional(),
  /** A bootstrap API token with the owner's rights over the whole installation. */
  SWITCHYARD_API_TOKEN: z.string().min(32, 'A bootstrap token has at least 32 characters.').optional(),
  /** 32 bytes in base64 or hex that seal secrets at rest. Unset: `master.key` in the data folder, made on first start. */
  SWITCHYARD_MASTER_KEY: optionalText,
  /** What `switchyard rotate-master-key` seals secrets with from now on. */
  SWITCHYARD_NEW_MASTER_KEY: optionalText,
  /** What gateway nodes show the console, and what encrypts their stored snapshot. Unset: `node.token` in the data folder. */
  SWITCHYARD_NODE_TOKEN: z.string().min(32).optional(),
  /** Where a gateway node finds its console. Default `http://127.0.0.1:<PORT>`. */
  SWITCHYARD_CONSOLE_URL: z.url().optional(),
  SWITCHYARD_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Env = z.infer<typeof environment>

export class EnvError extends Error {
  override readonly name = 'EnvError'
}

/** Reads and checks the environment. Throws `EnvError` naming each wrong variable on a line of its own. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  // An empty variable means "unset": that is how compose files and CI systems leave one out.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new EnvError(lines.join('\n'))
  }
  const { SWITCHYARD_ADMIN_EMAIL: email, SWITCHYARD_ADMIN_PASSWORD: password } = result.data
  if ((email === undefined) !== (password === undefined)) {
    throw new EnvError(
      'SWITCHYARD_ADMIN_EMAIL and SWITCHYARD_ADMIN_PASSWORD go together: set both or neither.',
    )
  }
  return result.data
}

/** This process's environment for a program of ours, with changes; `undefined` takes a variable away. */
export function childEnvironment(
  changes: Record<string, string | undefined>,
  source: Record<string, string | undefined> = process.env,
): NodeJS.ProcessEnv {
  const merged = Object.entries({ ...source, ...changes })
  return {
    ...Object.fromEntries(merged.filter(([, value]) => value !== undefined)),
    NODE_ENV: 'production',
  }
}

/** Names of the variables of the schema, for `docs/configuration.md` and its check. */
export const environmentVariables: readonly string[] = Object.keys(environment.shape)
