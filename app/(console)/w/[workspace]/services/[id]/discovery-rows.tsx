'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { FactRow } from '@/components/page/facts.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { serviceConfig } from '@/lib/client/service-form-values.ts'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { sourcesHref } from '../service-href.ts'

/** Where its addresses come from: a registry, or the list that was written. */
export function DiscoveryRows({ service }: { readonly service: UpstreamService }) {
  const t = useTranslations('services.form')
  const { workspace } = useWorkspace()
  const { sourceId, addresses } = serviceConfig(service)
  const sources = useQuery({ ...sourceQueries.list(workspace), enabled: sourceId !== '' }).data
  return (
    <>
      {sourceId === '' ? null : (
        <FactRow label={t('source')}>
          <TextLink
            plain
            href={`${sourcesHref(workspace)}?open=${encodeURIComponent(sourceId)}`}
            translate="no"
          >
            {sources?.find(({ id }) => id === sourceId)?.name ?? sourceId}
          </TextLink>
        </FactRow>
      )}
      {addresses.length > 1 ? (
        <FactRow label={t('addresses')}>
          <ul translate="no" className="font-mono text-code [overflow-wrap:anywhere]">
            {addresses.map(({ address }) => (
              <li key={address}>{address}</li>
            ))}
          </ul>
        </FactRow>
      ) : null}
    </>
  )
}
