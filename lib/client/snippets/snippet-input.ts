import type { ApiType } from '@/lib/domain/api-type.ts'

export type Shell = 'bash' | 'powershell'

/** Everything a snippet needs; nothing in it is left for the reader to fill in. */
export interface SnippetInput {
  readonly apiType: ApiType
  /** Endpoint and API path together. */
  readonly url: string
  readonly body: Readonly<Record<string, unknown>>
  /** The body asks for a stream, so the snippet prints it as it comes. */
  readonly streaming: boolean
  /** Null: read from the environment variable `EAS_TOKEN`. */
  readonly token: string | null
}

export const tokenVariable = 'EAS_TOKEN'

/** What the answer is when it is not JSON, and the file to keep it in. */
export function answerFile(apiType: ApiType): string | null {
  return apiType === 'openai-speech' ? 'speech.mp3' : null
}

/** Headers besides the token. */
export function fixedHeaders(apiType: ApiType): Readonly<Record<string, string>> {
  return apiType === 'anthropic-messages' ? { 'anthropic-version': '2023-06-01' } : {}
}

/** Appends an API path to an endpoint with exactly one slash between them. */
export function joinUrl(endpoint: string, apiPath: string): string {
  return `${endpoint.replace(/\/+$/, '')}/${apiPath.replace(/^\/+/, '')}`
}
