import { generateKeyPairSync } from 'node:crypto'
import * as acme from 'acme-client'
import { consoleContext } from '@/lib/console/console-context.ts'
import { keepAcmeAccount, setAcmeAccountUrl } from '@/lib/persistence/acme-store.ts'
import { openSecret, sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { OrderFailure } from './order-failure.ts'

const requestTimeoutMs = 15_000
const answerBytesMax = 1_048_576

/**
 * A client of the installation's ACME server with an account there. The account's key is made once and sealed under
 * the server's address; asking for an account with a key that has one answers that account (RFC 8555 §7.3.1).
 */
export async function openAcmeClient(): Promise<acme.Client> {
  const { database, masterKey, acme: settings } = consoleContext()
  const { directoryUrl, email } = settings
  limitRequests()
  const account = await keepAcmeAccount(database, {
    directoryUrl,
    keySealed: sealSecret(masterKey, directoryUrl, newKey()),
  })
  const client = new acme.Client({
    directoryUrl,
    accountKey: openSecret(masterKey, directoryUrl, account.keySealed),
    backoffAttempts: 14,
    backoffMin: 250,
    backoffMax: 5000,
  })
  await client.createAccount({
    termsOfServiceAgreed: true,
    ...(email !== null && { contact: [`mailto:${email}`] }),
  })
  if (account.accountUrl === null) await setAcmeAccountUrl(database, directoryUrl, client.getAccountUrl())
  return client
}

/** The server is somebody else's: it must neither send the console elsewhere nor keep it waiting. */
function limitRequests(): void {
  const { defaults, interceptors } = acme.axios
  Object.assign(defaults, {
    timeout: requestTimeoutMs,
    maxRedirects: 0,
    maxContentLength: answerBytesMax,
  })
  // In place of the library's own, which waits for as long as a server asks it to, and fails at a connection that fails.
  interceptors.response.clear()
  interceptors.response.use(null, (error: { readonly response?: unknown; readonly code?: unknown }) => {
    if (error.response !== undefined) return error.response
    const code = typeof error.code === 'string' ? error.code : 'no answer'
    throw new OrderFailure(`The ACME server could not be reached (${code}).`)
  })
}

export function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
}
