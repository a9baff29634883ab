import type { Refusal, RefusalAnswer } from '../provider-fake.ts'

const shapes: Readonly<Record<Refusal['kind'], readonly [number, string, string | null]>> = {
  path: [404, 'invalid_request_error', null],
  method: [405, 'invalid_request_error', 'method_not_supported'],
  key: [401, 'invalid_request_error', 'invalid_api_key'],
  forbidden: [403, 'invalid_request_error', 'insufficient_permissions'],
  body: [400, 'invalid_request_error', null],
  model: [404, 'invalid_request_error', 'model_not_found'],
  rate: [429, 'requests', 'rate_limit_exceeded'],
  failure: [500, 'server_error', null],
}

/** Errors as OpenAI writes them. */
export function openAiRefusal({ kind, message, param }: Refusal): RefusalAnswer {
  const [status, type, code] = shapes[kind]
  return { status, body: { error: { message, type, param, code } } }
}
