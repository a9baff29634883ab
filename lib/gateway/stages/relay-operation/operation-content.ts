import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { modelOf, parseBody } from '@/lib/gateway/stages/model-call/parse-body.ts'
import {
  type FormModel,
  readFormModel,
  writeFormModel,
} from '@/lib/gateway/stages/relay-operation/form-model.ts'
import { parseExact, stringifyExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'

/** What a caller sent to an operation that is relayed, as far as routing goes by it. */
export interface OperationContent {
  readonly bytes: Buffer
  /** Null: it is no JSON object. */
  readonly json: JsonObject | null
  readonly form: FormModel | null
  /** As the caller names it; null where it names none. */
  readonly model: string | null
}

/** Larger bodies of operations that need no model are not parsed for one. */
const parsedBytesMax = 1_048_576

/** Throws `invalid_request` on a body that is no JSON object where the operation takes nothing else. */
export function readContent({ operation, request }: MatchedOperation, bytes: Buffer): OperationContent {
  const { carries, methods } = operation.route
  const contentType = request.headers.contentType ?? ''
  const form = bytes.length === 0 ? null : readFormModel(contentType, bytes)
  const isNeeded = carries.includes('json') && methods.includes('POST')
  const json = isNeeded ? parseBody(bytes, request) : form === null ? readJson(contentType, bytes) : null
  const model = json === null ? form?.model?.name || null : modelOf(json)
  return { bytes, json, form, model }
}

function readJson(contentType: string, bytes: Buffer): JsonObject | null {
  if (bytes.length === 0 || bytes.length > parsedBytesMax || !/^application\/json\b/i.test(contentType)) {
    return null
  }
  try {
    const value = parseExact(bytes.toString())
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

/** The body with another model, where the operation has one; else as it came. */
export function withModel(
  { operation }: MatchedOperation,
  { bytes, json, form, model }: OperationContent,
  wanted: string | null,
): Buffer {
  if (wanted === null || wanted === model) return bytes
  const { carries } = operation.route
  if (json !== null && (model !== null || carries.includes('json'))) {
    return Buffer.from(stringifyExact({ ...json, model: wanted }))
  }
  const takesModel = carries.includes('multipart') && !carries.includes('job')
  if (form !== null && (form.model !== null || takesModel)) return writeFormModel(bytes, form, wanted)
  return bytes
}
