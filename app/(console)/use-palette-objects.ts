'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RailCounts } from '@/components/shell/rail.tsx'
import type { ShellAction } from '@/components/shell/shell-actions.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'

/** What the palette can find by name or id. Fetched when the palette first opens. */
export function usePaletteObjects(workspace: string | undefined) {
  const t = useTranslations('shell')
  const [awake, setAwake] = useState(false)
  const enabled = awake && workspace !== undefined
  const name = workspace ?? ''
  const services = useInfiniteQuery({ ...inferenceServiceQueries.list(name, { limit: 200 }), enabled })
  const gateways = useQuery({ ...gatewayQueries.list(name), enabled: workspace !== undefined })
  const base = `/w/${encodeURIComponent(name)}`
  const objects: ShellAction[] = enabled
    ? [
        ...(services.data?.pages.flatMap((page) => page.items) ?? []).map((service) => ({
          id: `service-${service.id}`,
          group: 'find' as const,
          label: service.name,
          detail: service.id,
          keywords: t('sections.inference-services'),
          href: `${base}/inference-services/${service.id}`,
        })),
        ...(gateways.data?.items ?? []).map((gateway) => ({
          id: `gateway-${gateway.id}`,
          group: 'find' as const,
          label: gateway.name,
          detail: gateway.id,
          keywords: t('sections.gateways'),
          href: `${base}/gateways/${gateway.id}`,
        })),
      ]
    : []
  const counts: RailCounts = gateways.data ? { gateways: gateways.data.items.length } : {}
  return { objects, counts, wake: () => setAwake(true) }
}
