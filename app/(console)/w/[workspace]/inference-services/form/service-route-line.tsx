'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { RouteLine } from '@/components/page/route-line.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { apiTypeFacts } from '@/lib/domain/api-type.ts'
import { instanceUrlComplaint } from '@/lib/domain/instance-url.ts'
import { useGatewayName } from '../../gateway-name.ts'

/** How a call will travel, filling in as choices are made. */
export function ServiceRouteLine({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services.route')
  const nameOf = useGatewayName()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const [name, gatewayId, apiType, apiPath, instances] = useWatch<
    InferenceServiceFormInput,
    readonly ['name', 'gatewayId', 'apiType', 'apiPath', 'instances']
  >({ name: ['name', 'gatewayId', 'apiType', 'apiPath', 'instances'] })
  const gateway = gateways?.items.find(({ id }) => id === gatewayId)
  const path = apiPath || apiTypeFacts[apiType].path
  const usable = instances.filter(({ url }) => instanceUrlComplaint(url) === null)
  return (
    <RouteLine
      label={t('label')}
      stops={[
        { label: t('caller'), value: t('callerValue'), mono: true },
        {
          label: t('gateway'),
          value: gateway ? nameOf(gateway) : t('open'),
          state: gateway ? 'open' : 'unknown',
        },
        {
          label: t('service'),
          value: name ? `/api/predict/${name}` : t('open'),
          mono: name !== '',
          state: name ? 'open' : 'unknown',
        },
        { label: t('path'), value: path ?? '/…', mono: true, state: path ? 'open' : 'unknown' },
        {
          label: t('instances'),
          value:
            usable.length === 1
              ? usable[0]?.url
              : usable.length === 0
                ? t('open')
                : t('instancesCount', { count: usable.length }),
          mono: usable.length === 1,
          state: usable.length > 0 ? 'goal' : 'unknown',
        },
      ]}
    />
  )
}
