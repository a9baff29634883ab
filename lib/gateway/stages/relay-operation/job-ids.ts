import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import type { OperationContent } from '@/lib/gateway/stages/relay-operation/operation-content.ts'
import { isJsonObject, type JsonValue } from '@/lib/protocols/json.ts'

/** Lists name many things; what is not looked at is asked about where new things are made. */
const idsMax = 1_000

export interface AskedFor {
  /** Ids that a service has given. */
  readonly made: readonly string[]
  /** What a client calls itself, before any service has heard of it. */
  readonly clients: readonly string[]
}

/** What a call is about: ids in its path, its query and its body. */
export function idsAskedFor(
  { published, operation, request }: MatchedOperation,
  content: OperationContent,
): AskedFor {
  const { basePath, protocol } = published.api
  const below = basePath === '/' ? request.url : request.url.slice(basePath.length)
  const [called = '', query = ''] = below.split('?', 2)
  const path = protocol === 'comfyui' ? called.replace(/^\/api(?=\/)/, '') : called
  const inPath = operation.route.carries.includes('job') ? lastOf(path, operation.path) : ''
  const { json } = content
  if (protocol === 'comfyui') {
    const clients = idsOf([json?.['client_id'], new URLSearchParams(query).get('clientId')])
    return { made: idsOf([inPath, ...listOf(json?.['delete'])]), clients }
  }
  const files = [json?.['input_file_id'], json?.['training_file'], json?.['validation_file']]
  return { made: idsOf([inPath, ...files]), clients: [] }
}

/** `/v1/files/file-1/content` below `/v1/files` is about `file-1`, and so is the segment that a `{…}` stands for. */
function lastOf(path: string, route: string): string {
  const placeholder = route.indexOf('/{')
  const start = placeholder === -1 ? route : route.slice(0, placeholder)
  const [segment = ''] = path.slice(start.length + 1).split('/', 1)
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** What an answer says was made. */
export function idsMade(answer: Buffer): string[] {
  let body: unknown
  try {
    body = JSON.parse(answer.toString())
  } catch {
    return []
  }
  if (!isJsonObject(body)) return []
  const { output, data } = body
  const listed = Array.isArray(data)
    ? data.slice(-idsMax).map((one: JsonValue) => (isJsonObject(one) ? one : {}))
    : []
  const ids = [body, ...listed].flatMap((one) => [
    one['id'],
    one['output_file_id'],
    one['error_file_id'],
    ...listOf(one['result_files']),
  ])
  return idsOf([...ids, body['prompt_id'], isJsonObject(output) ? output['task_id'] : undefined])
}

function idsOf(values: readonly unknown[]): string[] {
  return values.filter((id): id is string => typeof id === 'string' && id !== '')
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}
