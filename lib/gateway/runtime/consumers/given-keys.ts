import { createSecretKey } from 'node:crypto'
import type { JwtKeysSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'
import { JwkSet } from './jwk-set.ts'
import type { TokenHeader, VerificationKey, VerificationKeys } from './verification-keys.ts'

type Given = Exclude<JwtKeysSnapshot, { readonly from: 'url' }>

/** Keys of the snapshot itself, which stay as they are: a secret, or public keys. */
export function createGivenKeys(given: Given): VerificationKeys {
  if (given.from === 'jwks') {
    const set = new JwkSet(given.keys)
    return { versionAt: () => 0, find: (header) => set.find(header) }
  }
  const keys: readonly VerificationKey[] = [createSecretKey(given.secret, 'utf8')]
  const find = ({ alg }: TokenHeader) => Promise.resolve(alg.startsWith('HS') ? keys : [])
  return { versionAt: () => 0, find }
}
