'use client'

import { useQuery } from '@tanstack/react-query'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'

interface NetworkTextProps {
  readonly vpcId: string
  readonly vswitchIds: readonly string[]
}

/** `vpc-core · vsw-a (zone-a), vsw-b (zone-b)`, with ids until the names are there. */
export function NetworkText({ vpcId, vswitchIds }: NetworkTextProps) {
  const { workspace } = useWorkspace()
  const { data: vpcs = [] } = useQuery(networkQueries.vpcs(workspace))
  const { data: vswitches = [] } = useQuery(networkQueries.vswitches(workspace, vpcId))
  const names = vswitchIds.map((id) => {
    const found = vswitches.find((vswitch) => vswitch.id === id)
    return found ? `${found.name} (${found.zone})` : id
  })
  return (
    <p translate="no" className="text-meta text-ink-3 [overflow-wrap:anywhere]">
      {[vpcs.find(({ id }) => id === vpcId)?.name ?? vpcId, names.join(', ')].join(' · ')}
    </p>
  )
}
