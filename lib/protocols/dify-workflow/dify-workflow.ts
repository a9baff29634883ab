import { textOfMessage } from '@/lib/protocols/application-request.ts'
import type { ChatReply, ChatRequest, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import type { ServiceCodec } from '@/lib/protocols/codec.ts'
import { failedRun, readDifyFailure, readErrorEvent } from '@/lib/protocols/dify-chat/failure.ts'
import { writeDifyCall } from '@/lib/protocols/dify-chat/write-request.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { textOfOutputs, usageOfRun } from './outputs.ts'
import { DifyWorkflowStreamReader } from './stream-reader.ts'

/** Workflows of Dify: `/workflows/run`. The last message is their input `query`. */
export const difyWorkflow: ServiceCodec = {
  format: 'dify-workflow',
  framing: 'sse',
  writeRequest,
  readReply,
  readFailure: readDifyFailure,
  failureWithin,
  streamReader: () => new DifyWorkflowStreamReader(),
}

/** A workflow runs once for one question and knows no conversation. */
function writeRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  const last = request.messages.findLast((message) => message.role === 'user') ?? request.messages.at(-1)
  if (request.messages.length > 1) dropped.add('messages')
  const query = last === undefined ? '' : textOfMessage(last, dropped)
  return { inputs: { query }, ...writeDifyCall(request, last === undefined ? [] : [last], dropped) }
}

function failureWithin(body: JsonObject): ProtocolFailure | null {
  if (body['event'] === 'error') return readErrorEvent(body)
  const { status, error } = objectOf(body['data'])
  return status === 'failed' ? failedRun(textOf(error)) : null
}

function readReply(body: JsonObject): ChatReply {
  const run = objectOf(body['data'])
  if (textOf(run['status']) === null) throw new ProtocolError('The answer tells of no run.', 'data.status')
  const text = textOfOutputs(run['outputs'])
  return {
    id: textOf(body['workflow_run_id']) ?? '',
    model: '',
    createdAt: numberOf(run['created_at']),
    choices: [
      {
        index: 0,
        parts: text === '' ? [] : [{ type: 'text', text }],
        stop: { reason: run['status'] === 'stopped' ? 'other' : 'end', sequence: null },
      },
    ],
    usage: usageOfRun(run, null),
  }
}
