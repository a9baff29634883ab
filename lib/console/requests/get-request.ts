import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { RecordedBody, RequestDetail } from '@/lib/domain/request-record.ts'
import { mayRole } from '@/lib/domain/role.ts'
import {
  getRequestContent,
  getRequest as getRow,
  type RequestContentRow,
  type RequestRow,
} from '@/lib/persistence/request-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import { viewRequest } from './view-request.ts'

/** By its id or its request id, with its content, as far as there is any and the caller may read it. */
export async function getRequest(id: string, caller: WorkspaceCaller): Promise<RequestDetail> {
  requirePermission(caller, 'requests.read')
  const { database } = consoleContext()
  const row = found(await getRow(database, caller.workspace.id, id))
  const mayRead = mayRole(caller.role, 'requests.read-content')
  const content = mayRead ? await getRequestContent(database, row.id) : null
  return {
    ...viewRequest(row),
    request: mayRead || !row.recordsRequest ? requestBody(row, content) : { state: 'forbidden' },
    response: mayRead || !row.recordsResponse ? responseBody(row, content) : { state: 'forbidden' },
  }
}

function requestBody({ recordsRequest }: RequestRow, content: RequestContentRow | null): RecordedBody {
  if (!recordsRequest) return { state: 'not-recorded' }
  return openBody(content, content?.requestSealed ?? null, content?.requestBytes ?? 0)
}

function responseBody({ recordsResponse }: RequestRow, content: RequestContentRow | null): RecordedBody {
  if (!recordsResponse) return { state: 'not-recorded' }
  return openBody(content, content?.responseSealed ?? null, content?.responseBytes ?? 0)
}

function openBody(content: RequestContentRow | null, sealed: string | null, bytes: number): RecordedBody {
  if (content === null || sealed === null) return { state: 'expired' }
  const kept = Buffer.from(openSecret(consoleContext().masterKey, content.recordId, sealed), 'base64')
  const isCut = kept.length < bytes
  return { state: 'recorded', ...readable(kept, isCut), bytes, isCut }
}

function readable(kept: Buffer, isCut: boolean): { encoding: 'text' | 'base64'; content: string } {
  try {
    // A character may have been cut in two.
    const content = new TextDecoder('utf-8', { fatal: true }).decode(kept, { stream: isCut })
    return { encoding: 'text', content }
  } catch {
    return { encoding: 'base64', content: kept.toString('base64') }
  }
}
