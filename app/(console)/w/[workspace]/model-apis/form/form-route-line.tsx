'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { RouteLine } from '@/components/page/route-line.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import { createModelApiOf } from '@/lib/client/model-api-form-output.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { basePath } from '@/lib/domain/model-api.ts'
import { routesOf } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** How a request will travel, filling in as choices are made. */
export function FormRouteLine() {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const domains = useQuery(domainQueries.list(workspace)).data ?? []
  const values = useWatch<ModelApiFormValues>() as ModelApiFormValues
  const { useCase, protocol, disabledRoutes, domainIds, mode, weights, fallback } = values
  const path = basePath.safeParse(values.basePath)
  const name = domains.find(({ id }) => id === domainIds[0])?.name
  const routes = routesOf(useCase, protocol).filter((route) => !disabledRoutes.includes(route.name))
  const targets = targetsOf(values)
  const shares = mode === 'weight' ? ` ${weights.map(({ weight }) => weight ?? 0).join(' / ')}` : ''
  const fallbacks = fallback.enabled ? fallback.targets.filter(({ serviceId }) => serviceId !== '').length : 0
  return (
    <RouteLine
      label={t('route.label')}
      stops={[
        { label: t('route.caller'), value: routes[0]?.methods[0] ?? '', mono: true },
        {
          label: t('route.address'),
          value: path.success ? `${name ?? t('route.anyName')}${path.data}` : t('route.open'),
          mono: path.success && name !== undefined,
          state: path.success ? 'open' : 'bad',
        },
        {
          label: t('route.route'),
          value: (
            <>
              {routes[0]?.path ?? t('none')}
              {routes.length > 1 ? (
                <span className="block font-sans text-meta text-ink-3">
                  {t('moreRoutes', { count: routes.length - 1 })}
                </span>
              ) : null}
            </>
          ),
          mono: true,
          state: routes.length > 0 ? 'open' : 'bad',
        },
        { label: t('form.routing'), value: t(`modes.${mode}`) + shares },
        {
          label: t('columns.services'),
          value: (
            <>
              {targets === 0 ? t('route.open') : t('route.services', { count: targets })}
              {fallbacks > 0 ? (
                <span className="block text-meta text-ink-3">{t('fallbacks', { count: fallbacks })}</span>
              ) : null}
            </>
          ),
          state: targets > 0 ? 'goal' : 'unknown',
        },
      ]}
    />
  )
}

/** How many services are chosen. */
function targetsOf(values: ModelApiFormValues): number {
  const written = JSON.stringify(createModelApiOf(values).routing)
  return new Set([...written.matchAll(/"serviceId":"([^"]+)"/g)].map(([, id]) => id)).size
}
