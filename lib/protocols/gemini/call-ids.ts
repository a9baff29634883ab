import { randomUUID } from 'node:crypto'

/** Most Gemini models name no ids; ours are told from theirs by this, and never sent to Google. */
const prefix = 'call_gemini_'

/** What the ids of one answer begin with: unique within the conversation. */
export function callScope(responseId: string): string {
  return prefix + (responseId === '' ? randomUUID() : responseId.replaceAll(/[^\w-]/g, ''))
}

export function isOwnCallId(id: string): boolean {
  return id.startsWith(prefix)
}
