import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

/** Wire formats that callers of Model APIs speak. */
export type CallerFormat = 'openai-chat' | 'openai-completions' | 'openai-embeddings' | 'anthropic-messages'

/** One route that a Model API has by itself. */
export interface Operation {
  /** Below the base path. */
  readonly path: string
  readonly method: 'POST'
  readonly format: CallerFormat
}

/** The default routes of text APIs, by protocol. */
export const operationsOf: Readonly<Record<ModelApiSnapshot['protocol'], readonly Operation[]>> = {
  openai: [
    { path: '/v1/chat/completions', method: 'POST', format: 'openai-chat' },
    { path: '/v1/completions', method: 'POST', format: 'openai-completions' },
    { path: '/v1/embeddings', method: 'POST', format: 'openai-embeddings' },
  ],
  anthropic: [{ path: '/v1/messages', method: 'POST', format: 'anthropic-messages' }],
}
