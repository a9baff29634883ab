'use client'

import { useTranslations } from 'use-intl'
import { RouteLine, type RouteStop } from '@/components/page/route-line.tsx'
import { modelApiHealth, routedServiceIds } from '@/lib/client/model-api-health.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { placesOf } from '../model-api-address.ts'
import { protocolName } from '../protocol-name.ts'
import { ServiceLink } from '../service-link.tsx'
import { PluginsOn } from './plugins-on.tsx'

interface ModelApiRouteLineProps {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
}

/** Caller, address, routing, services: how a request travels, and where the line is broken. */
export function ModelApiRouteLine({ api, services }: ModelApiRouteLineProps) {
  const t = useTranslations('model-apis')
  const places = placesOf(api)
  const [first, ...others] = places
  const fallbacks = api.fallback.enabled ? api.fallback.targets.length : 0
  const stops: RouteStop[] = [
    { label: t('route.caller'), value: protocolName(api.protocol) },
    {
      label: t('route.address'),
      mono: true,
      state: first === undefined || !api.enabled ? 'bad' : 'open',
      value: (
        <>
          {first ?? t('route.unreachable')}
          {api.enabled ? null : (
            <span className="block font-sans text-meta text-bad-text">{t('route.disabled')}</span>
          )}
          {others.length > 0 ? (
            <span className="block font-sans text-meta text-ink-3">
              {t('moreAddresses', { count: others.length })}
            </span>
          ) : null}
        </>
      ),
    },
    { label: t('tabs.plugins'), value: <PluginsOn api={api} /> },
    {
      label: t('form.routing'),
      value: (
        <>
          {t(`modes.${api.routing.mode}`)}
          {fallbacks > 0 ? (
            <span className="block text-meta text-ink-3">{t('fallbacks', { count: fallbacks })}</span>
          ) : null}
        </>
      ),
    },
    {
      label: t('columns.services'),
      state: modelApiHealth({ ...api, enabled: true }, services).state === 'down' ? 'bad' : 'goal',
      value: (
        <span className="flex flex-col items-start">
          {routedServiceIds(api).map((id) => (
            <ServiceLink key={id} serviceId={id} services={services} />
          ))}
        </span>
      ),
    },
  ]
  return <RouteLine label={t('route.label')} stops={stops} />
}
