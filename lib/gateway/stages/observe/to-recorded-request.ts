import type { KeptBody } from '@/lib/gateway/stages/observe/call-content.ts'
import type { KeptRecord } from '@/lib/gateway/stages/observe/record-book.ts'
import type { RecordedContent, RecordedRequest } from '@/lib/snapshot/recorded-request.ts'

/** A record as it leaves the gateway. */
export function toRecordedRequest({ facts, content }: KeptRecord): RecordedRequest {
  return {
    ...facts,
    request: content?.request ? toContent(content.request) : null,
    response: content?.response ? toContent(content.response) : null,
  }
}

function toContent({ content, bytes }: KeptBody): RecordedContent {
  return { content: content.toString('base64'), bytes }
}
