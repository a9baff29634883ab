import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { tlsSettings } from '@/lib/gateway/listener/tls/tls-settings.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { Steps } from '@/lib/platform/slices.ts'
import type { CertificateSnapshot, DomainSnapshot, GatewaySide } from '@/lib/snapshot/snapshot.ts'
import type { SnapshotHead } from '@/lib/snapshot/snapshot-codec.ts'

/** A certificate as handshakes use it, made once for as long as its text stays the same. */
export interface ServedCertificate {
  readonly snapshot: CertificateSnapshot
  readonly context: SecureContext
  readonly leaf: X509Certificate
}

/** The names that one side serves with TLS. */
export class TlsNames {
  readonly #exact = new Map<string, ServedCertificate>()
  /** By the name without its first label. */
  readonly #wildcards = new Map<string, ServedCertificate>()
  /** Serves callers that name nobody; null where there are several, or none. */
  readonly only: ServedCertificate | null

  constructor(served: ReadonlyArray<readonly [name: string, certificate: ServedCertificate]>) {
    for (const [name, certificate] of served) {
      if (name.startsWith('*.')) this.#wildcards.set(name.slice(2), certificate)
      else this.#exact.set(name, certificate)
    }
    for (const [name, certificate] of this.#exact) {
      // The host forms of a name, where its certificate is good for them and no domain of its own is.
      if (!this.#wildcards.has(name) && coversBelow(certificate.leaf, name))
        this.#wildcards.set(name, certificate)
    }
    const [first, ...others] = new Set(served.map(([, certificate]) => certificate))
    this.only = first !== undefined && others.length === 0 ? first : null
  }

  /** `serverName` in lower case; null for a caller that named nobody. */
  certificateOf(serverName: string | null): ServedCertificate | null {
    if (serverName === null) return this.only
    const exact = this.#exact.get(serverName)
    if (exact !== undefined) return exact
    return this.#wildcards.get(serverName.slice(serverName.indexOf('.') + 1)) ?? null
  }
}

export interface RuntimeTls extends Readonly<Record<GatewaySide, TlsNames>> {
  readonly certificates: ReadonlyMap<string, ServedCertificate>
}

/** Makes what is new and takes over the rest. Throws `SnapshotRefused` for what cannot be served. */
export function* buildTls(
  { certificates, domains }: Pick<SnapshotHead, 'certificates' | 'domains'>,
  previous: RuntimeTls | null,
): Steps<RuntimeTls> {
  const served = new Map<string, ServedCertificate>()
  for (const snapshot of certificates) {
    const known = previous?.certificates.get(snapshot.id)
    const isSame = known?.snapshot.chain === snapshot.chain && known.snapshot.key === snapshot.key
    served.set(snapshot.id, known !== undefined && isSame ? known : serve(snapshot))
    yield
  }
  return {
    certificates: served,
    internet: new TlsNames(namesOf(domains, 'internet', served)),
    vpc: new TlsNames(namesOf(domains, 'vpc', served)),
  }
}

function serve(snapshot: CertificateSnapshot): ServedCertificate {
  const { id, chain, key } = snapshot
  try {
    const context = createSecureContext({ ...tlsSettings, cert: chain, key })
    return { snapshot, context, leaf: new X509Certificate(chain) }
  } catch (cause) {
    throw new SnapshotRefused(`The certificate ${id} cannot be served.`, { cause })
  }
}

function namesOf(
  domains: readonly DomainSnapshot[],
  side: GatewaySide,
  served: ReadonlyMap<string, ServedCertificate>,
): Array<readonly [string, ServedCertificate]> {
  return domains.flatMap((domain) => {
    if (domain.side !== side || domain.certificateId === null) return []
    const certificate = served.get(domain.certificateId)
    if (certificate === undefined) {
      throw new SnapshotRefused(`The certificate of ${domain.name} is missing.`)
    }
    return [[domain.name, certificate] as const]
  })
}

/** A name that no certificate spells out, and a wildcard covers. */
function coversBelow(leaf: X509Certificate, name: string): boolean {
  return leaf.checkHost(`any-service-of-this-gateway.${name}`) !== undefined
}
