import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Issued {
  /** PEM of this certificate alone. */
  readonly cert: string
  readonly key: string
}

export interface IssueOptions {
  /** Host names; the first is the common name. */
  readonly names: readonly string[]
  readonly days?: number
  /** `rsa:1024`; else EC on P-256. */
  readonly key?: string
  readonly digest?: string
}

/** A certificate authority of the tests' own: a root, and an intermediate that issues. */
export class TestAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'switchyard-authority-'))
  readonly root: Issued
  readonly intermediate: Issued
  #serial = 1

  constructor() {
    const ca = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'
    this.root = this.#selfSigned('root', '/CN=Test root', ca)
    const request = this.#request('intermediate', '/CN=Test intermediate')
    const cert = this.#sign(request.csr, 'root', ca, { days: 3650 })
    this.intermediate = { cert, key: request.key }
    this.#write('intermediate.crt', cert)
  }

  /** Leaf and intermediate, as a server sends them. */
  chain({ cert }: Pick<Issued, 'cert'>): string {
    return cert + this.intermediate.cert
  }

  issue({ names, days = 90, key, digest }: IssueOptions): Issued {
    const request = this.#request('leaf', `/CN=${names[0]}`, key)
    const cert = this.#sign(request.csr, 'intermediate', leafExtensions(names), { days, digest })
    return { cert, key: request.key }
  }

  /** What a server of ACME does: the key is the asker's. */
  issueFor(csrPem: string, names: readonly string[], days = 90): string {
    return this.#sign(csrPem, 'intermediate', leafExtensions(names), { days })
  }

  selfSigned(names: readonly string[], days = 90): Issued {
    return this.#selfSigned('alone', `/CN=${names[0]}`, leafExtensions(names), days)
  }

  /** The same key under a passphrase, PKCS #8. */
  encryptKey(key: string, passphrase: string, rounds = 2048): string {
    const plain = this.#write('plain.key', key)
    const options = ['pkcs8', '-topk8', '-in', plain, '-v2', 'aes-256-cbc', '-iter', String(rounds)]
    return openssl([...options, '-passout', `pass:${passphrase}`])
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #selfSigned(name: string, subject: string, extensions: string, days = 3650): Issued {
    const request = this.#request(name, subject)
    const files = { csr: this.#write('self.csr', request.csr), extensions: this.#write('ext', extensions) }
    const key = this.#path(`${name}.key`)
    const cert = openssl([
      ...['x509', '-req', '-in', files.csr, '-signkey', key, '-days', String(days)],
      ...['-set_serial', String(this.#serial++), '-extfile', files.extensions, '-sha256'],
    ])
    this.#write(`${name}.crt`, cert)
    return { cert, key: request.key }
  }

  #request(name: string, subject: string, key = 'ec'): { csr: string; key: string } {
    const keyFile = this.#path(`${name}.key`)
    const curve = key === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:prime256v1'] : []
    const csr = openssl([
      ...['req', '-new', '-newkey', key, ...curve, '-nodes', '-subj', subject, '-keyout', keyFile],
    ])
    return { csr, key: readFileSync(keyFile, 'utf8') }
  }

  #sign(
    csr: string,
    issuer: string,
    extensions: string,
    { days, digest = 'sha256' }: { days: number; digest?: string | undefined },
  ): string {
    const files = { csr: this.#write('leaf.csr', csr), extensions: this.#write('ext', extensions) }
    return openssl([
      ...['x509', '-req', '-in', files.csr, '-days', String(days), `-${digest}`],
      ...['-CA', this.#path(`${issuer}.crt`), '-CAkey', this.#path(`${issuer}.key`)],
      ...['-set_serial', String(this.#serial++), '-extfile', files.extensions],
    ])
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }

  #write(name: string, text: string): string {
    writeFileSync(this.#path(name), text)
    return this.#path(name)
  }
}

function leafExtensions(names: readonly string[]): string {
  const listed = names.map((name) => `DNS:${name}`).join(',')
  return listed === '' ? 'keyUsage=digitalSignature\n' : `subjectAltName=${listed}\n`
}

function openssl(parts: readonly string[]): string {
  return execFileSync('openssl', [...parts], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
