import type { EndpointPolicy } from './endpoint-policy.ts'

/** Of what OpenAI has at `/v1`. */
export const moderationsPath = '/v1/moderations'

/** The body that asks for one result for each text, in order. */
export function moderationsBody(texts: readonly string[], { model }: Pick<EndpointPolicy, 'model'>) {
  const input = texts.length === 1 ? (texts[0] ?? '') : [...texts]
  return model === null ? { input } : { model, input }
}
