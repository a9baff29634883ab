import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'

/** Where Gemini's compatible API keeps what must come back with a call (Gemini API, "Thought signatures"). */
export function thoughtSignatureOf(call: JsonObject): { readonly signature?: string } {
  const signature = textOf(objectOf(objectOf(call['extra_content'])['google'])['thought_signature'])
  return signature ? { signature } : {}
}

/** Members of a call in an answer: callers who send their calls back whole keep the signature. */
export function withThoughtSignature(signature: string | undefined): JsonObject {
  return signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }
}
