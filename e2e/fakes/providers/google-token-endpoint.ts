import { createHmac, createPublicKey, verify } from 'node:crypto'
import { bearerOf, type FakeCall, type FakeOperation, FakeRefusal } from './provider-fake.ts'

/*
 * Google's OAuth token endpoint for service accounts (RFC 7523; "Using OAuth 2.0 for Server to Server Applications").
 * The assertion is taken apart and its signature verified by node:crypto; no JWT library is asked.
 */

export interface GoogleAccount {
  readonly client_email: string
  readonly private_key_id: string
  readonly private_key: string
}

export const tokenSeconds = 3599
const scope = 'https://www.googleapis.com/auth/cloud-platform'
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** `POST /token`. Every account that it knows gets a token; what that may do is another question. */
export function googleTokens(accounts: readonly GoogleAccount[], now: () => number): FakeOperation {
  return {
    method: 'POST',
    path: /^\/token$/,
    isAside: true,
    isAuthorized: () => true,
    refuse: ({ kind, message }) =>
      kind === 'failure' || kind === 'rate'
        ? { status: kind === 'rate' ? 429 : 500, body: { error: 'internal_failure' } }
        : { status: 400, body: { error: 'invalid_grant', error_description: message } },
    answer: (call) => {
      if (call.headers['content-type'] !== 'application/x-www-form-urlencoded') refuse('Wrong content type.')
      const form = new URLSearchParams(call.body.toString('utf8'))
      if (form.get('grant_type') !== grantType) refuse('Wrong grant type.')
      const audience = `http://${call.headers.host}/token`
      const email = readAssertion(form.get('assertion') ?? '', accounts, { audience, now: now() / 1000 })
      const json = { access_token: tokenOf(email), expires_in: tokenSeconds, token_type: 'Bearer' }
      return { json, usage: null }
    },
  }
}

/** Whose token a call shows; null: nobody's. */
export function accountOf(call: FakeCall): string | null {
  const token = bearerOf(call) ?? ''
  const email = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  return token !== '' && token === tokenOf(email) ? email : null
}

function tokenOf(email: string): string {
  const seal = createHmac('sha256', 'of the token endpoint').update(email).digest('base64url')
  return `ya29.${Buffer.from(email).toString('base64url')}.${seal}`
}

/** Whose it is. Refuses as Google does. */
function readAssertion(
  assertion: string,
  accounts: readonly GoogleAccount[],
  { audience, now }: { readonly audience: string; readonly now: number },
): string {
  const [head = '', claims = '', signature = '', ...more] = assertion.split('.')
  if (more.length > 0 || signature === '') refuse('Invalid JWT: three parts are needed.')
  const { alg, typ, kid } = decode(head)
  if (alg !== 'RS256' || typ !== 'JWT') refuse('Invalid JWT: alg and typ must be RS256 and JWT.')
  const { iss, aud, iat, exp, scope: wanted, ...others } = decode(claims)
  const account = accounts.find(({ client_email }) => client_email === iss)
  if (account === undefined || kid !== account.private_key_id) refuse('Invalid grant: account not found')
  const bytes = Buffer.from(`${head}.${claims}`)
  const key = createPublicKey(account.private_key)
  if (!verify('RSA-SHA256', bytes, key, Buffer.from(signature, 'base64url'))) refuse('Invalid JWT Signature.')
  if (aud !== audience) refuse('Invalid JWT: audience.')
  if (wanted !== scope || Object.keys(others).length > 0) refuse('Invalid JWT: scope or an unknown claim.')
  if (typeof iat !== 'number' || typeof exp !== 'number') return refuse('Invalid JWT: iat and exp.')
  if (Math.abs(iat - now) > 300 || exp <= now || exp - iat > 3600) {
    refuse('Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.')
  }
  return account.client_email
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return refuse('Invalid JWT: no JSON.')
  }
}

function refuse(message: string): never {
  throw new FakeRefusal('body', message)
}
