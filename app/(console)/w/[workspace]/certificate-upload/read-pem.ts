const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

/** Certificates and keys of one text apart: many tools write both into one file. What is neither stays with the certificates. */
export function splitPem(text: string): { readonly chain: string; readonly key: string } {
  const keys = [...text.matchAll(block)]
    .filter(([, kind]) => kind?.endsWith('PRIVATE KEY'))
    .map(([pem]) => pem)
  if (keys.length === 0) return { chain: text, key: '' }
  const chain = keys.reduce((rest, key) => rest.replace(key, ''), text).trim()
  return { chain, key: keys.join('\n') }
}

/** Whether a key asks for a passphrase: PKCS #8 (RFC 5958) says so in its label, the older form in a header. */
export function isEncryptedKey(text: string): boolean {
  return text.includes('BEGIN ENCRYPTED PRIVATE KEY') || /^Proc-Type: 4,ENCRYPTED/m.test(text)
}

/** A name for a certificate, from the first host that it covers: `*.example.com` is `wildcard-example-com`. */
export function suggestName(hosts: readonly string[], taken: readonly string[]): string {
  const [host = ''] = hosts
  const plain = host
    .replace(/^\*\./, 'wildcard-')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 58)
    .replace(/-+$/, '')
  const base = plain.length < 2 ? 'certificate' : plain
  if (!taken.includes(base)) return base
  for (let number = 2; ; number++) {
    if (!taken.includes(`${base}-${number}`)) return `${base}-${number}`
  }
}
