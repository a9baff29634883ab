import { createSecureContext, type SecureContext } from 'node:tls'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { UpstreamTls } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Whom to trust, and what to show of ourselves. Throws `SnapshotRefused` on PEM that cannot be read or does not match. */
export function secureContextOf({ ca, client }: UpstreamTls): SecureContext {
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(ca !== null && { ca }),
      ...(client !== null && { cert: client.chain, key: client.key }),
    })
  } catch (cause) {
    throw new SnapshotRefused(
      'The TLS settings of an upstream hold a certificate or key that cannot be read.',
      {
        cause,
      },
    )
  }
}
