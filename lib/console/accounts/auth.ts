import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { createId, type IdPrefix } from '@/lib/platform/id.ts'

/** How long "keep me signed in" lasts; without it the cookie ends with the browser and the session after a day. */
const sessionSeconds = 7 * 86_400
const sessionRenewalSeconds = 86_400

const idPrefixes: Readonly<Record<string, IdPrefix>> = { user: 'usr', session: 'key', account: 'key' }

export interface AuthOptions {
  readonly client: object
  readonly provider: 'sqlite' | 'postgresql'
  /** Signs the session cookie. */
  readonly secret: string
  readonly publicUrl: string
}

/**
 * Password hashing, sessions and cookies. Only reached through our own routes: its HTTP handler is not mounted,
 * so that one set of rules (limits, forgery, errors, activity) covers signing in too.
 */
export function createAuth({ client, provider, secret, publicUrl }: AuthOptions) {
  const secure = publicUrl.startsWith('https:')
  return betterAuth({
    appName: 'Switchyard',
    baseURL: publicUrl,
    secret,
    database: prismaAdapter(client, { provider }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: { expiresIn: sessionSeconds, updateAge: sessionRenewalSeconds },
    user: { additionalFields: { installationRole: { type: 'string', required: false, input: false } } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      // The account page shows the address itself; limits of attempts are counted elsewhere.
      ipAddress: { ipv6Subnet: 128 },
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      cookies: {
        session_token: { name: cookieName('session', secure) },
        dont_remember: { name: cookieName('brief', secure) },
      },
      database: { generateId: ({ model }) => createId(idPrefixes[model] ?? 'key') },
    },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** A `__Host-` cookie can be set by this host over https only, never by a neighbour under the same domain. */
function cookieName(name: string, secure: boolean): string {
  return `${secure ? '__Host-' : ''}switchyard.${name}`
}
