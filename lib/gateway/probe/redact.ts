import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Shorter ones are words that may stand anywhere. */
const secretLengthMin = 6
const mask = '***'

/** Takes a service's own secrets out of text that comes from outside. */
export function redactorOf({ upstream }: UpstreamServiceSnapshot): (text: string) => string {
  const secrets = upstream.kind === 'provider' ? upstream.keys.flatMap(({ value }) => partsOf(value)) : []
  secrets.sort((left, right) => right.length - left.length)
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, mask), text)
}

/** A key of several fields is a JSON object of them. */
function partsOf(value: string): string[] {
  const parts = [value]
  try {
    const fields: unknown = JSON.parse(value)
    if (typeof fields === 'object' && fields !== null) {
      for (const field of Object.values(fields)) if (typeof field === 'string') parts.push(field)
    }
  } catch {
    // A key of one field is its text.
  }
  return parts.filter((part) => part.length >= secretLengthMin)
}
