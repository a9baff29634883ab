import { defineStream } from '@/lib/console/http/define-stream.ts'
import { workspaceEventStream } from '@/lib/console/workspace-event-stream.ts'

export const dynamic = 'force-dynamic'

export const GET = defineStream({
  summary: 'Changes in the workspace as server-sent events',
  permission: 'workspace.read',
  open: (caller, signal) => workspaceEventStream(caller.workspace.id, signal),
})
