'use client'

import { useTranslations } from 'use-intl'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { WeightBar } from './weight-bar.tsx'

interface RoutingCellProps {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
}

/** Mode and fallbacks, and under them the shares, the first rule or how many services there are. */
export function RoutingCell({ api, services }: RoutingCellProps) {
  const t = useTranslations('model-apis')
  const { routing, fallback } = api
  const fallbacks = fallback.enabled ? fallback.targets.length : 0
  return (
    <span className="block min-w-0">
      <span>{t(`modes.${routing.mode}`)}</span>
      {fallbacks > 0 ? <span className="text-ink-3"> · {t('fallbacks', { count: fallbacks })}</span> : null}
      <RoutingDetail routing={routing} services={services} />
    </span>
  )
}

interface RoutingDetailProps {
  readonly routing: ModelApi['routing']
  readonly services: readonly UpstreamService[]
}

function RoutingDetail({ routing, services }: RoutingDetailProps) {
  const t = useTranslations('model-apis')
  const nameOf = (wanted: string) => services.find(({ id }) => id === wanted)?.name ?? wanted
  const style = 'block text-meta text-ink-3 [overflow-wrap:anywhere]'
  switch (routing.mode) {
    case 'single':
      return routing.target.model === null ? null : (
        <span className={style}>{t('asksFor', { model: routing.target.model })}</span>
      )
    case 'model-name': {
      const more = routing.rules.length - 1
      return (
        <span className={style}>
          <span className="font-mono">{routing.rules[0]?.pattern}</span>
          {more > 0 ? ` ${t('moreRules', { count: more })}` : null}
        </span>
      )
    }
    case 'weight':
      return (
        <span className="flex flex-wrap items-center gap-x-2 text-meta text-ink-3">
          <WeightBar weights={routing.targets.map(({ weight }) => weight)} className="w-[88px]" />
          <span className="[overflow-wrap:anywhere]">
            {routing.targets
              .slice(0, 3)
              .map(({ serviceId, weight }) => `${nameOf(serviceId)} ${weight}`)
              .join(' · ')}
          </span>
        </span>
      )
    case 'metrics':
      return <span className={style}>{t(`objectives.${routing.objective}`)}</span>
    case 'intent':
      return (
        <span className={style}>{t('intentCount', { count: targetsOfRouting(routing).length - 1 })}</span>
      )
  }
}
