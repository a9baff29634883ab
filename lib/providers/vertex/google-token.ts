import { SignJWT } from 'jose'
import { isJsonObject } from '@/lib/protocols/json.ts'
import {
  type Authorization,
  type Credential,
  CredentialError,
  type ProviderTools,
  type UnsignedRequest,
} from '@/lib/providers/provider.ts'
import type { ServiceAccount } from './service-account.ts'

const scope = 'https://www.googleapis.com/auth/cloud-platform'
const assertionSeconds = 3600
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** After a failed exchange; doubled with each further one. */
const pauseMs = 1000
const pauseMsMax = 30_000

/** In paths: what is written here is the key's project. */
export const projectPlaceholder = '{project}'

interface Token {
  readonly headers: readonly string[]
  readonly expiresAt: number
  /** From here on a new one is fetched while this one still serves. */
  readonly refreshAt: number
}

/**
 * Access tokens of a service account (RFC 7523: an assertion signed with RS256, exchanged at Google). One token serves
 * all requests of the key; one exchange runs at a time; a failed one is not repeated before a pause is over, in which
 * requests fail with the same error.
 */
export class GoogleTokenCredential implements Credential {
  readonly #account: ServiceAccount
  readonly #tools: ProviderTools
  readonly #earlyMs: number
  readonly #project: string
  #token: Token | null = null
  #exchange: Promise<Token> | null = null
  #failure: CredentialError | null = null
  #failures = 0
  #pausedUntil = 0

  constructor(account: ServiceAccount, tools: ProviderTools, earlySeconds: number) {
    this.#account = account
    this.#tools = tools
    this.#earlyMs = earlySeconds * 1000
    this.#project = encodeURIComponent(account.projectId)
  }

  authorize(request: UnsignedRequest): Authorization | Promise<Authorization> {
    const now = this.#tools.now()
    const token = this.#token
    if (token === null || token.expiresAt <= now) {
      return this.#renew(now).then(({ headers }) => this.#authorization(headers, request))
    }
    // The old token still serves: nobody waits, and a failure counts when it has ended.
    if (token.refreshAt <= now) this.#renew(now).catch(() => {})
    return this.#authorization(token.headers, request)
  }

  #authorization(headers: readonly string[], { path }: UnsignedRequest): Authorization {
    if (!path.includes(projectPlaceholder)) return { headers, query: '' }
    return { headers, query: '', path: path.replace(projectPlaceholder, this.#project) }
  }

  #renew(now: number): Promise<Token> {
    if (this.#exchange !== null) return this.#exchange
    if (this.#failure !== null && now < this.#pausedUntil) return Promise.reject(this.#failure)
    this.#exchange = this.#fetchToken()
      .then(
        (token) => this.#keep(token),
        (error: unknown) => this.#fail(error),
      )
      .finally(() => {
        this.#exchange = null
      })
    return this.#exchange
  }

  #keep(token: Token): Token {
    this.#token = token
    this.#failure = null
    this.#failures = 0
    return token
  }

  #fail(error: unknown): never {
    this.#failure =
      error instanceof CredentialError
        ? error
        : new CredentialError(
            'Google’s token server could not be asked. Check the node’s way to it.',
            false,
            {
              cause: error,
            },
          )
    this.#pausedUntil = this.#tools.now() + Math.min(pauseMsMax, pauseMs * 2 ** this.#failures)
    this.#failures += 1
    throw this.#failure
  }

  async #fetchToken(): Promise<Token> {
    const { tokenUri } = this.#account
    const assertion = await this.#assertion()
    const { status, body } = await this.#tools.fetch({
      url: tokenUri,
      method: 'POST',
      headers: ['content-type', 'application/x-www-form-urlencoded', 'accept', 'application/json'],
      body: Buffer.from(new URLSearchParams({ grant_type: grantType, assertion }).toString()),
    })
    const answer = parse(body)
    if (status !== 200) throw refused(status, answer)
    return this.#tokenOf(answer)
  }

  #assertion(): Promise<string> {
    const { key, keyId, clientEmail, tokenUri } = this.#account
    const issuedAt = Math.floor(this.#tools.now() / 1000)
    return new SignJWT({ scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId === null ? {} : { kid: keyId }) })
      .setIssuer(clientEmail)
      .setAudience(tokenUri)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + assertionSeconds)
      .sign(key)
  }

  #tokenOf(answer: Record<string, unknown>): Token {
    const { access_token: value, expires_in: seconds } = answer
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
      throw new CredentialError('Google’s token server answered without a token.', false)
    }
    const lifeMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : assertionSeconds * 1000
    const expiresAt = this.#tools.now() + lifeMs
    const refreshAt = expiresAt - Math.min(this.#earlyMs, lifeMs / 2)
    return { headers: ['authorization', `Bearer ${value}`], expiresAt, refreshAt }
  }
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return isJsonObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** RFC 6749, 5.2: the code says why; its description may quote what was sent and is not repeated. */
function refused(status: number, answer: Record<string, unknown>): CredentialError {
  const code = answer['error']
  const told = typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? `${code} (${status})` : `${status}`
  if (status === 429 || status >= 500) {
    return new CredentialError(`Google’s token server answers ${told}. Try again later.`, false)
  }
  return new CredentialError(
    `Google refuses the service account: ${told}. Check that its key is active, and that the node’s clock is right.`,
    true,
  )
}
