'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import { InvocationAddress } from './invocation-address.tsx'
import { isOffered, sideOf, sides, useInvocationChoice } from './invocation-choice.ts'
import type { InvocationProps } from './invocation-props.ts'
import { InvocationUnavailable } from './invocation-unavailable.tsx'

/** How to call a service: where, with what path and token, in which language. On its page and in the list's drawer. */
export function InvocationPanel({ workspace, service }: InvocationProps) {
  const t = useTranslations('invocation')
  const endpoints = useQuery(inferenceServiceQueries.endpoints(workspace, service.id))
  if (endpoints.error && !endpoints.data) {
    return <ErrorState title={t('failed')} error={endpoints.error} onRetry={() => void endpoints.refetch()} />
  }
  return (
    <Delayed loading={!endpoints.data} skeleton={<FieldsSkeleton fields={4} />}>
      {endpoints.data ? <Ways workspace={workspace} service={service} endpoints={endpoints.data} /> : null}
    </Delayed>
  )
}

function Ways({ workspace, service, endpoints }: InvocationProps & { readonly endpoints: ServiceEndpoints }) {
  const t = useTranslations('invocation')
  const [{ way, net }, choose] = useInvocationChoice()
  const side = sideOf(endpoints, way, net)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <Segmented
          aria-label={t('method')}
          value={way}
          onValueChange={(next) => void choose({ way: next })}
          items={endpoints.methods.map((method) => ({
            value: method.method,
            label: t(`methods.${method.method}`),
            dimmed: !isOffered(method),
          }))}
        />
        <Segmented
          aria-label={t('side')}
          value={net}
          onValueChange={(next) => void choose({ net: next })}
          items={sides.map((candidate) => ({
            value: candidate,
            label: t(`sides.${candidate}`),
            dimmed: !sideOf(endpoints, way, candidate)?.available,
          }))}
        />
      </div>
      {side?.available && side.endpoint !== null ? (
        <InvocationAddress
          // Another service or way starts from its own path, not from what was typed for the last one.
          key={`${service.id} ${way}`}
          workspace={workspace}
          service={service}
          endpoints={endpoints}
          endpoint={side.endpoint}
          hostEndpoint={side.hostEndpoint}
          net={net}
        />
      ) : (
        <InvocationUnavailable
          workspace={workspace}
          service={service}
          way={way}
          reason={side?.unavailableReason ?? 'not-built'}
          onUseShared={way === 'shared-gateway' ? undefined : () => void choose({ way: 'shared-gateway' })}
        />
      )}
    </div>
  )
}
