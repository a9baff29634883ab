/** What a Model API for text answers, below its base path, by the protocol that its callers speak. */
export const modelApiPaths = {
  openai: ['/v1/chat/completions', '/v1/completions', '/v1/embeddings'],
  anthropic: ['/v1/messages'],
} as const

/** `/team` and `/v1/messages` make `/team/v1/messages`. */
export function below(basePath: string, path: string): string {
  return basePath === '/' ? path : basePath + path
}
