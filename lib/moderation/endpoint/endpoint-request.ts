import type { EndpointPolicy } from './endpoint-policy.ts'

/** Where to POST, given a base such as `https://host/v1`. */
export function moderationsUrl(base: string): string {
  return `${base.replace(/\/+$/, '')}/moderations`
}

/** The JSON body that asks for one result for each text, in order. */
export function moderationsBody(texts: readonly string[], { model }: Pick<EndpointPolicy, 'model'>): string {
  const input = texts.length === 1 ? texts[0] : texts
  return JSON.stringify(model === null ? { input } : { model, input })
}
