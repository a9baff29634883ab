import type { SecureContextOptions } from 'node:tls'

/** What all certificates of a node are served with: TLS 1.2 and 1.3, forward secrecy and authenticated ciphers only. */
export const tlsSettings = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
  // Machines without hardware for AES know better what is fast for them.
  honorCipherOrder: false,
  // node's default names the process's arguments, and so a session could not be resumed at another node.
  sessionIdContext: 'switchyard',
} as const satisfies SecureContextOptions
