'use client'

import { useQuery } from '@tanstack/react-query'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../use-workspace.ts'

const none: readonly UpstreamService[] = []

/** The services of the workspace, of every gateway; none until they have come. */
export function useEveryService(): readonly UpstreamService[] {
  const { workspace } = useWorkspace()
  return useQuery(upstreamServiceQueries.every(workspace)).data ?? none
}
