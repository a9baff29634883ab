import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestCertificate {
  readonly cert: string
  readonly key: string
}

/** A certificate that vouches for itself, valid for a day; for `localhost` and 127.0.0.1 unless names are given. */
export function makeCertificate(...dnsNames: string[]): TestCertificate {
  const named = dnsNames.map((name) => `DNS:${name}`).join(',')
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-certificate-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const alternatives = named === '' ? 'DNS:localhost,IP:127.0.0.1' : named
    const names = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${alternatives}`]
    execFileSync('openssl', [...request, ...names, '-days', '1', '-keyout', key, '-out', cert], {
      stdio: 'pipe',
    })
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
