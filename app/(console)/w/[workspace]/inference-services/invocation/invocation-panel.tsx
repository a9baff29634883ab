'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import type { InvocationMethod, ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import { DiscoveryWay } from './discovery-way.tsx'
import { InvocationAddress } from './invocation-address.tsx'
import {
  hasAddress,
  isOffered,
  methodOf,
  type SideOf,
  sideOf,
  useInvocationChoice,
  usualWay,
} from './invocation-choice.ts'
import type { InvocationProps } from './invocation-props.ts'
import { InvocationUnavailable } from './invocation-unavailable.tsx'
import { ListenerWay } from './listener-way.tsx'
import { NacosWay } from './nacos-way.tsx'
import { ReachableFrom } from './reachable-from.tsx'

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

type WaysProps = InvocationProps & { readonly endpoints: ServiceEndpoints }

function Ways({ workspace, service, endpoints }: WaysProps) {
  const t = useTranslations('invocation')
  const [choice, choose] = useInvocationChoice()
  const usual = usualWay(service)
  const way = choice.way ?? usual
  const method = methodOf(endpoints, way)
  const side = sideOf(method, choice.net)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <Segmented
          aria-label={t('method')}
          value={way}
          onValueChange={(next) => void choose({ way: next })}
          items={endpoints.methods.map((offer) => ({
            value: offer.method,
            label: t(`methods.${offer.method}`),
            dimmed: !isOffered(offer),
          }))}
        />
        {method && method.sides.length > 1 && side ? (
          <Segmented
            aria-label={t('side')}
            value={side.side}
            onValueChange={(next) => void choose({ net: next })}
            items={method.sides.map((candidate) => ({
              value: candidate.side,
              label: t(`sides.${candidate.side}`),
              dimmed: !candidate.available,
            }))}
          />
        ) : null}
      </div>
      {side && !side.available ? (
        <InvocationUnavailable
          workspace={workspace}
          service={service}
          way={way}
          side={side}
          onUseBound={way === usual ? undefined : () => void choose({ way: usual, net: null })}
        />
      ) : null}
      {side && hasAddress(side) ? (
        <Way
          // Another service or way starts from its own path, not from what was typed for the last one.
          key={`${service.id} ${way}`}
          workspace={workspace}
          service={service}
          endpoints={endpoints}
          way={way}
          side={side}
        />
      ) : null}
    </div>
  )
}

type WayProps = WaysProps & { readonly way: InvocationMethod; readonly side: SideOf }

function Way({ way, ...props }: WayProps) {
  return (
    <div className="flex flex-col gap-4">
      <ReachableFrom way={way} side={props.side} />
      {way === 'vpc-direct' ? <DiscoveryWay {...props} /> : null}
      {way === 'nlb' ? <ListenerWay {...props} /> : null}
      {way === 'nacos' ? <NacosWay {...props} /> : null}
      {way === 'shared-gateway' || way === 'dedicated-gateway' ? <InvocationAddress {...props} /> : null}
    </div>
  )
}
