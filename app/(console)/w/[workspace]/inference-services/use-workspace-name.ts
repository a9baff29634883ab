'use client'

import { useParams } from 'next/navigation'

/** The workspace of the address, as written there. */
export function useWorkspaceName(): string {
  const { workspace } = useParams<{ workspace: string }>()
  return decodeURIComponent(workspace)
}
