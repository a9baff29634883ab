'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useGateway } from '../gateway-context.ts'
import { EndpointRows } from './endpoint-rows.tsx'
import { InternetAccess } from './internet-access.tsx'
import { VpcAccess } from './vpc-access.tsx'

const nets = ['vpc', 'internet'] as const

/** Who can reach a gateway, from inside and from outside. */
export function AccessPage() {
  const t = useTranslations('gateway-access')
  const gateway = useGateway()
  const [net, setNet] = useQueryState(
    'net',
    parseAsStringLiteral(nets).withDefault('vpc').withOptions({ history: 'push' }),
  )
  return (
    <>
      <div className="pt-5">
        <Segmented
          aria-label={t('side')}
          value={net}
          onValueChange={(next) => void setNet(next)}
          items={[
            { value: 'vpc', label: 'VPC', ...(gateway.type === 'shared' ? {} : { count: gateway.vpc.vpcs }) },
            { value: 'internet', label: t('internet'), dimmed: !gateway.internet.enabled },
          ]}
        />
      </div>
      {gateway.type === 'shared' ? (
        <SharedAccess gateway={gateway} side={net} />
      ) : net === 'vpc' ? (
        <VpcAccess gateway={gateway} />
      ) : (
        <InternetAccess gateway={gateway} />
      )}
    </>
  )
}

/** Both sides are on and every address may call. */
function SharedAccess({ gateway, side }: { readonly gateway: Gateway; readonly side: 'vpc' | 'internet' }) {
  const t = useTranslations('gateway-access')
  return (
    <Section title={side === 'vpc' ? t('vpcSide') : t('internetSide')}>
      <div className="mb-4">
        <Callout tone="info">{t('sharedOpen')}</Callout>
      </div>
      <FactRows>
        <EndpointRows gateway={gateway} side={side} />
        <FactRow label={t('whitelist')}>{t('everybody')}</FactRow>
      </FactRows>
    </Section>
  )
}
