import { GatewayError } from '@/lib/gateway/error.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { modelListPath } from '@/lib/gateway/runtime/model-list.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { answerHere } from '@/lib/gateway/stages/answer-here/answer-here.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

const headers = ['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-cache']

/** The list of the API's models, if that is what is asked for and the gateway tells it itself; else null. */
export function askedModelList({ api, models }: PublishedApi, { url, method }: Admitted): Buffer | null {
  if (models === null) return null
  const start = api.basePath === '/' ? 0 : api.basePath.length
  const end = start + modelListPath.length
  if (!url.startsWith(modelListPath, start) || (url.length > end && url[end] !== '?')) return null
  if (method === 'GET' || method === 'HEAD') return models
  throw new GatewayError('method_not_supported', `${modelListPath} is called with GET.`, { allow: 'GET' })
}

export function answerModelList(observation: Observation, models: Buffer): void {
  answerHere(observation, 200, headers, models)
}
