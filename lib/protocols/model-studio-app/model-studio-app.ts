import type { ChatReply, Part } from '@/lib/protocols/canonical.ts'
import type { ServiceCodec } from '@/lib/protocols/codec.ts'
import { dashscopeFailureWithin, readDashscopeFailure } from '@/lib/protocols/dashscope/failure.ts'
import { stopOf } from '@/lib/protocols/dashscope/finish-reason.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { modelOf, reasoningOf, usageOf } from './output.ts'
import { ApplicationStreamReader } from './stream-reader.ts'
import { writeApplicationRequest } from './write-request.ts'

/** Applications of Model Studio, agents and workflows: `/apps/{id}/completion`. */
export const modelStudioApp: ServiceCodec = {
  format: 'model-studio-app',
  framing: 'sse',
  writeRequest: writeApplicationRequest,
  readReply,
  readFailure: readDashscopeFailure,
  failureWithin: dashscopeFailureWithin,
  streamReader: () => new ApplicationStreamReader(),
}

function readReply(body: JsonObject): ChatReply {
  const output = objectOf(body['output'])
  const text = textOf(output['text'])
  if (text === null) throw new ProtocolError('The answer of the application is missing.', 'output.text')
  const parts: Part[] = []
  const reasoning = reasoningOf(output)
  if (reasoning !== '') parts.push({ type: 'reasoning', text: reasoning, signature: null })
  if (text !== '') parts.push({ type: 'text', text })
  return {
    id: textOf(body['request_id']) ?? '',
    model: modelOf(body['usage']),
    createdAt: null,
    choices: [{ index: 0, parts, stop: stopOf(output['finish_reason']) }],
    usage: usageOf(body['usage']),
  }
}
