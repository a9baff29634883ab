'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RouteLine } from '@/components/page/route-line.tsx'
import { gatewayNodeQueries } from '@/lib/client/gateway-nodes-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Client → Internet or VPC → gateway → services, broken where a request would stop. */
export function GatewayRoute({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways.overview')
  const { workspace } = useWorkspace()
  const name = useGatewayName()
  const { data: nodes } = useQuery(gatewayNodeQueries.list(workspace, gateway.id))
  const running = nodes?.filter((node) => node.state === 'running').length
  const entrances = [gateway.internet.address, gateway.vpc.address].filter((address) => address !== null)
  const closed = gateway.internet.enabled || gateway.vpc.enabled ? t('noAddress') : t('bothOff')
  return (
    <RouteLine
      label={t('route')}
      stops={[
        { label: t('client'), value: t('clientDetail') },
        {
          label: t('entrance'),
          value: entrances.length === 0 ? closed : entrances.join(' '),
          mono: entrances.length > 0,
          state: entrances.length === 0 ? 'bad' : 'open',
        },
        {
          label: name(gateway),
          value: running === undefined ? undefined : t('gatewayDetail', { count: running }),
          state: running === 0 ? 'bad' : 'open',
        },
        {
          label: t('services'),
          value: t('servicesDetail', { count: gateway.services }),
          state: gateway.services === 0 ? 'unknown' : 'goal',
        },
      ]}
    />
  )
}
