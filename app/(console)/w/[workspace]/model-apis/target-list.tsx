'use client'

import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { RoutingRow } from './use-routing-rows.tsx'

interface TargetListProps {
  readonly rows: readonly RoutingRow[]
  readonly services: readonly UpstreamService[]
}

/** Rows of a routing in a narrow place: "70 % → qwen · qwen-max". */
export function TargetList({ rows, services }: TargetListProps) {
  return (
    <ul>
      {rows.map(({ when, target }, index) => (
        <li key={String(index)} className="[overflow-wrap:anywhere]">
          {when}
          <span aria-hidden="true"> → </span>
          {services.find(({ id }) => id === target.serviceId)?.name ?? target.serviceId}
          {target.model === null ? null : ' · '}
          {target.model === null ? null : <span className="font-mono">{target.model}</span>}
        </li>
      ))}
    </ul>
  )
}
