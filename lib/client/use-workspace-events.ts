import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { apiPath } from './console-api.ts'
import { type Liveness, staleKeys, watchWorkspace } from './workspace-events.ts'
import { workspaceKey } from './workspace-keys.ts'

/** Keeps the cached data of a workspace fresh while its pages are open. Call once, in the workspace's layout. */
export function useWorkspaceEvents(workspace: string): Liveness | null {
  const queryClient = useQueryClient()
  const [liveness, setLiveness] = useState<Liveness | null>(null)
  useEffect(() => {
    const watch = watchWorkspace({
      open: () => new EventSource(`/api/v1${apiPath('workspaces', workspace, 'events')}`),
      onChange: (change) => {
        for (const queryKey of staleKeys(workspace, change)) void queryClient.invalidateQueries({ queryKey })
      },
      onStale: () => void queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
      onLiveness: setLiveness,
    })
    const onVisibility = () => watch.setHidden(document.visibilityState === 'hidden')
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      watch.close()
    }
  }, [workspace, queryClient])
  return liveness
}
