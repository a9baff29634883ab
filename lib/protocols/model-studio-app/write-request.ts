import { attachmentsOf, dropModelSettings, textOfMessage } from '@/lib/protocols/application-request.ts'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

export function writeApplicationRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  dropModelSettings(request, dropped)
  if (request.user !== null) dropped.add('user')
  const input = writeInput(request, dropped)
  const attachments = attachmentsOf(request.messages, dropped)
  const images = attachments.filter(({ type }) => type === 'image').map(({ url }) => url)
  if (images.length > 0) input['image_list'] = images
  if (images.length < attachments.length) dropped.add('file')
  return { input, parameters: writeParameters(request, dropped), debug: {} }
}

/** A question alone is a prompt; applications also take a conversation, in which tools do not speak. */
function writeInput(request: ChatRequest, dropped: DroppedFields): JsonObject {
  const messages = request.messages
    .map((message) => ({
      role: message.role === 'tool' ? 'user' : message.role,
      content: textOfMessage(message, dropped),
    }))
    .filter(({ content }) => content !== '')
  const [only, ...more] = messages
  return only?.role === 'user' && more.length === 0 ? { prompt: only.content } : { messages }
}

function writeParameters({ stream, reasoning }: ChatRequest, dropped: DroppedFields): JsonObject {
  if (reasoning?.effort != null) dropped.add('reasoning_effort')
  if (reasoning?.budgetTokens != null) dropped.add('thinking.budget_tokens')
  const parameters: JsonObject = {}
  if (stream) parameters['incremental_output'] = true
  if (reasoning !== null && reasoning.enabled !== false) parameters['has_thoughts'] = true
  return parameters
}
