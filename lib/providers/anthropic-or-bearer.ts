import { refuseUnsendable } from './openai-compatible/bearer-credential.ts'
import type { Credential } from './provider.ts'

/** One key, shown in `x-api-key` where Anthropic's protocol is spoken and as a bearer token elsewhere. */
export function anthropicOrBearer(secret: string): Credential {
  refuseUnsendable(secret)
  const anthropic = { headers: ['x-api-key', secret], query: '' }
  const other = { headers: ['authorization', `Bearer ${secret}`], query: '' }
  return { authorize: ({ path }) => (path.includes('/anthropic/') ? anthropic : other) }
}
