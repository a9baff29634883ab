import { attachmentsOf, dropModelSettings, textOfMessage } from '@/lib/protocols/application-request.ts'
import type { ChatRequest, Message, Role } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** Dify demands a name for whoever asks. */
const unnamedUser = 'switchyard'

export function writeDifyChatRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  return {
    inputs: {},
    query: writeQuery(request.messages, dropped),
    ...writeDifyCall(request, request.messages, dropped),
    auto_generate_name: false,
  }
}

/** What a call of a chat and one of a workflow have in common. */
export function writeDifyCall(
  request: ChatRequest,
  messages: readonly Message[],
  dropped: DroppedFields,
): JsonObject {
  dropModelSettings(request, dropped)
  if (request.reasoning !== null) dropped.add('reasoning')
  const files = attachmentsOf(messages, dropped).map(({ type, url }) => ({
    type: type === 'file' ? 'document' : type,
    transfer_method: 'remote_url',
    url,
  }))
  const call: JsonObject = {
    response_mode: request.stream ? 'streaming' : 'blocking',
    user: request.user ?? unnamedUser,
  }
  if (files.length > 0) call['files'] = files
  return call
}

const speakers: Readonly<Record<Role, string>> = {
  system: 'System',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
}

/**
 * Dify keeps conversations itself and takes one text. A caller's conversation becomes that text, one paragraph for each
 * message after who said it; a question alone goes as it is, after what the system says.
 */
function writeQuery(messages: readonly Message[], dropped: DroppedFields): string {
  const said = messages
    .map((message) => ({ role: message.role, text: textOfMessage(message, dropped) }))
    .filter(({ text }) => text !== '')
  const turns = said.filter(({ role }) => role !== 'system')
  const isConversation = turns.length > 1
  return said.map(({ role, text }) => (isConversation ? `${speakers[role]}: ${text}` : text)).join('\n\n')
}
