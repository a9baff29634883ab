import { Hash } from '@smithy/hash-node'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Authorization, Credential, UnsignedRequest } from '@/lib/providers/provider.ts'

export interface AwsKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary credentials; empty for lasting ones. */
  readonly sessionToken: string
}

/** What the signature is for: `us-east-1`, `bedrock`. */
export interface AwsScope {
  readonly region: string
  readonly service: string
}

type Sha256Input = ConstructorParameters<typeof Hash>[1]
class Sha256 extends Hash {
  constructor(secret?: Sha256Input) {
    super('sha256', secret)
  }
}

/**
 * AWS Signature Version 4 in headers. Host, content type and `x-amz-…` are signed; what a proxy on the way may
 * change is not. The payload's hash is part of the signature, and no header of its own.
 */
export class SigV4Credential implements Credential {
  readonly #signer: SignatureV4
  readonly #now: () => number

  constructor(key: AwsKey, scope: AwsScope, now: () => number) {
    this.#now = now
    this.#signer = new SignatureV4({
      ...scope,
      credentials: {
        accessKeyId: key.accessKeyId,
        secretAccessKey: key.secretAccessKey,
        ...(key.sessionToken === '' ? {} : { sessionToken: key.sessionToken }),
      },
      sha256: Sha256,
      applyChecksum: false,
    })
  }

  async authorize(request: UnsignedRequest): Promise<Authorization> {
    const [path = '/', query = ''] = request.path.split('?', 2)
    const signed = await this.#signer.sign(
      {
        method: request.method,
        protocol: 'https:',
        hostname: request.host,
        path,
        query: queryOf(query),
        headers: signedHeaders(request),
        body: request.body ?? undefined,
      },
      { signingDate: new Date(this.#now()) },
    )
    const added = ['authorization', 'x-amz-date', 'x-amz-security-token']
    return { headers: added.flatMap((name) => pair(name, signed.headers[name])), query: '' }
  }
}

/** The ones that the signature itself brings. */
const brought = new Set(['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'])

function signedHeaders({ host, headers }: UnsignedRequest): Record<string, string> {
  const signed: Record<string, string> = { host }
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const isSigned = name === 'content-type' || (name.startsWith('x-amz-') && !brought.has(name))
    if (isSigned) signed[name] = headers[index + 1] ?? ''
  }
  return signed
}

function queryOf(query: string): Record<string, string[]> {
  const parameters = new URLSearchParams(query)
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))
}

function pair(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value]
}
