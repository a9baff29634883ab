'use client'

import { useWatch } from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { wordsIn } from '@/lib/client/provider-form.ts'
import { useFormatNames } from '../../use-format-names.ts'
import { useEveryService } from '../use-every-service.ts'

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
  const services = useEveryService().filter(({ gateway }) => gateway.id === gatewayId)
  const items = services.map((service) => ({
    value: service.id,
    label: service.name,
    description: [
      service.provider ? wordsIn(service.provider.name, locale) : sources(service.source),
      health(service.health.state),
      formats(service.formats),
    ].join(' · '),
  }))
  return { services, items }
}
