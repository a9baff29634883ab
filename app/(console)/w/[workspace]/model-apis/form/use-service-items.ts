'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { wordsIn } from '@/lib/client/provider-form.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import { useFormatNames } from '../../use-format-names.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** The services of the gateway that the form chooses. */
export function useServiceItems() {
  return useServiceItemsOf(useWatch<ModelApiFormValues, 'gatewayId'>({ name: 'gatewayId' }))
}

/** The services of a gateway, each with provider, health and protocol. */
export function useServiceItemsOf(gatewayId: string) {
  const health = useTranslations('services.health')
  const sources = useTranslations('services.sources')
  const locale = useLocale()
  const formats = useFormatNames()
  const { workspace } = useWorkspace()
  const every = useQuery(upstreamServiceQueries.every(workspace)).data
  const services = (every ?? []).filter(({ gateway }) => gateway.id === gatewayId)
  const items = services.map((service) => ({
    value: service.id,
    label: service.name,
    description: [
      service.provider ? wordsIn(service.provider.name, locale) : sources(service.source),
      health(service.health.state),
      formats(service.formats),
    ].join(' · '),
  }))
  /** Whether the services have been told: one that is missing then is gone. */
  return { services, items, isKnown: every !== undefined }
}
