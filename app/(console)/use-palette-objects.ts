'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SectionId } from '@/components/shell/navigation.ts'
import type { RailCounts } from '@/components/shell/rail.tsx'
import type { ShellAction } from '@/components/shell/shell-actions.ts'
import { certificateQueries } from '@/lib/client/certificates-queries.ts'
import { consumerQueries } from '@/lib/client/consumers-queries.ts'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'

interface Findable {
  readonly section: SectionId
  readonly id: string
  readonly name: string
  /** After `/w/<workspace>`. */
  readonly path: string
}

/** From how few days left a certificate is counted in the rail. */
const expiringDays = 30

/** What the palette can find by name or id. Fetched when the palette first opens. */
export function usePaletteObjects(workspace: string | undefined) {
  const t = useTranslations('shell')
  const [awake, setAwake] = useState(false)
  const known = workspace !== undefined
  const name = workspace ?? ''
  const found = useFindable(name, awake && known)
  const gateways = useQuery({ ...gatewayQueries.list(name), enabled: known })
  const certificates = useQuery({ ...certificateQueries.list(name), enabled: known })
  const all: readonly Findable[] = [
    ...found,
    ...(gateways.data?.items ?? []).map((gateway) => at('gateways', gateway, `/gateways/${gateway.id}`)),
    ...(certificates.data ?? []).map((one) => at('certificates', one, `/certificates?open=${one.id}`)),
  ]
  const base = `/w/${encodeURIComponent(name)}`
  const objects: ShellAction[] =
    awake && known
      ? all.map(({ section, id, name: label, path }) => ({
          id: `${section}-${id}`,
          group: 'find' as const,
          label,
          detail: id,
          keywords: t(`sections.${section}`),
          href: base + path,
        }))
      : []
  const expiring = expiringOf(certificates.data ?? [])
  const counts: RailCounts = {
    ...(gateways.data ? { gateways: gateways.data.items.length } : {}),
    ...(expiring > 0 ? { certificates: t('expiring', { count: expiring }) } : {}),
  }
  return { objects, counts, wake: () => setAwake(true) }
}

function useFindable(workspace: string, enabled: boolean): readonly Findable[] {
  const services = useInfiniteQuery({ ...inferenceServiceQueries.list(workspace, { limit: 200 }), enabled })
  const upstreams = useInfiniteQuery({ ...upstreamServiceQueries.list(workspace, { limit: 200 }), enabled })
  const sources = useQuery({ ...sourceQueries.list(workspace), enabled })
  const consumers = useQuery({ ...consumerQueries.list(workspace), enabled })
  const domains = useQuery({ ...domainQueries.list(workspace), enabled })
  const vpcs = useQuery({ ...networkQueries.vpcs(workspace), enabled })
  const vswitches = useQuery({ ...networkQueries.vswitches(workspace), enabled })
  const groups = useQuery({ ...networkQueries.securityGroups(workspace), enabled })
  return [
    ...(services.data?.pages.flatMap((page) => page.items) ?? []).map((service) =>
      at('inference-services', service, `/inference-services/${service.id}`),
    ),
    ...(upstreams.data?.pages.flatMap((page) => page.items) ?? []).map((service) =>
      at('services', service, `/services/${service.id}`),
    ),
    ...(sources.data ?? []).map((one) => at('services', one, `/services/sources?open=${one.id}`)),
    ...(consumers.data ?? []).map((one) => at('consumers', one, `/consumers/${one.id}`)),
    ...(domains.data ?? []).map(({ id, unicodeName }) =>
      at('domains', { id, name: unicodeName }, `/domains?open=${id}`),
    ),
    ...(vpcs.data ?? []).map((vpc) => at('networks', vpc, `/networks?open=${vpc.id}`)),
    ...(vswitches.data ?? []).map((one) => at('networks', one, `/networks/vswitches?open=${one.id}`)),
    ...(groups.data ?? []).map((group) =>
      at('networks', group, `/networks/security-groups?open=${group.id}`),
    ),
  ]
}

function at(
  section: SectionId,
  { id, name }: { readonly id: string; readonly name: string },
  path: string,
): Findable {
  return { section, id, name, path }
}

/** Only those that somebody can do something about: automatic ones renew themselves before. */
function expiringOf(certificates: readonly Certificate[]): number {
  return certificates.filter(({ source, daysLeft }) => source === 'uploaded' && daysLeft <= expiringDays)
    .length
}
