'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { FactRow } from '@/components/page/facts.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Select } from '@/components/ui/select.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import { useCheckConnectivity } from '@/lib/client/gateway-access-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { ConnectivityResult } from './connectivity-result.tsx'

interface ConnectivityRowProps {
  readonly gateway: Gateway
  readonly side: 'internet' | 'vpc'
}

const own = 'own'

/** Whether the console gets to a side now, at the gateway's own endpoint or at one of its domains. */
export function ConnectivityRow({ gateway, side }: ConnectivityRowProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const check = useCheckConnectivity(workspace, gateway.id)
  const domains = useQuery(domainQueries.list(workspace, gateway.id)).data?.filter(isOfSide(side)) ?? []
  const [chosen, setChosen] = useState(own)
  // A domain that was deleted meanwhile is no choice any more.
  const target = domains.some(({ id }) => id === chosen) ? chosen : own
  const items = [
    { value: own, label: t('ownEndpoint') },
    ...domains.map(({ id, unicodeName }) => ({ value: id, label: unicodeName })),
  ]
  return (
    <>
      <FactRow label={t('connectivity')}>
        <div className="flex flex-wrap items-center gap-2">
          {domains.length === 0 ? null : (
            <Select
              aria-label={t('target')}
              className="w-[260px]! max-w-full"
              items={items}
              value={target}
              onValueChange={(next) => {
                setChosen(next)
                check.reset()
              }}
            />
          )}
          <Button
            size={domains.length === 0 ? 'sm' : 'md'}
            loading={check.isPending}
            onClick={() => check.mutate({ side, domainId: target === own ? null : target })}
          >
            {t('check')}
          </Button>
        </div>
      </FactRow>
      {check.data || check.error ? (
        <FactRow label={t('result')}>
          {check.data ? <ConnectivityResult result={check.data} /> : null}
          <FailureText error={check.error} />
        </FactRow>
      ) : null}
    </>
  )
}

/** A wildcard has no address of its own. */
function isOfSide(side: 'internet' | 'vpc') {
  const wanted: Domain['side'] = side === 'internet' ? 'public' : 'private'
  return (domain: Domain) => domain.side === wanted && !domain.name.startsWith('*.')
}
