import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readServiceAccount } from './service-account.ts'

function pem(bits: number): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

const file = {
  type: 'service_account',
  project_id: 'sample-project',
  private_key_id: 'abc',
  private_key: pem(2048),
  client_email: 'gateway@sample-project.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
}

describe('a service account’s key', () => {
  it('tells project, account, key and token server', () => {
    expect(readServiceAccount(JSON.stringify(file))).toMatchObject({
      projectId: 'sample-project',
      clientEmail: file.client_email,
      keyId: 'abc',
      tokenUri: 'https://oauth2.googleapis.com/token',
    })
  })

  it('asks Google’s own token server where the file names none', () => {
    const { token_uri: _, ...rest } = file
    expect(readServiceAccount(JSON.stringify(rest)).tokenUri).toBe('https://oauth2.googleapis.com/token')
  })

  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ellipticPem = elliptic.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  it.each([
    ['no JSON', 'hushhush', 'not a JSON document'],
    ['another kind of credential', { ...file, type: 'authorized_user' }, 'not "service_account"'],
    ['no project', { ...file, project_id: '' }, 'no "project_id"'],
    ['no account', { ...file, client_email: 7 }, 'no "client_email"'],
    ['no PEM', { ...file, private_key: 'hushhush' }, 'no private key in PEM'],
    ['half a PEM', { ...file, private_key: file.private_key.slice(0, 200) }, 'no private key in PEM'],
    ['a short key', { ...file, private_key: pem(1024) }, 'at least 2048 bits'],
    ['a key that is not RSA', { ...file, private_key: ellipticPem }, 'must be an RSA key'],
    ['a token server without TLS', { ...file, token_uri: 'http://attacker.example/token' }, 'https address'],
  ])('is refused with %s, and not repeated', (_what, document, message) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document)
    expect(() => readServiceAccount(text)).toThrow(message)
    expect(() => readServiceAccount(text)).not.toThrow(/hushhush|BEGIN|attacker/)
  })
})
