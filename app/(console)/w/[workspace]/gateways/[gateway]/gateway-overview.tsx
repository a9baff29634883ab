'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { GatewaySize } from '../gateway-size.tsx'
import { GatewayChecklist } from './gateway-checklist.tsx'
import { useGateway } from './gateway-context.ts'
import { GatewayOperation } from './gateway-operation.tsx'
import { GatewayRoute } from './gateway-route.tsx'

export function GatewayOverview() {
  const t = useTranslations('gateways.overview')
  const gateway = useGateway()
  return (
    <>
      <div className="border-b border-line pt-6 pb-6">
        <GatewayRoute gateway={gateway} />
      </div>
      <GatewayOperation gateway={gateway} />
      <GatewayChecklist gateway={gateway} />
      <Section title={t('addresses')} note={t('addressesNote')}>
        <FactRows>
          <AddressRow label={t('internet')} side={gateway.internet} />
          <AddressRow label={t('vpc')} side={gateway.vpc} />
          <CnameRow label={t('cnamePublic')} value={gateway.cname.public} />
          <CnameRow label={t('cnamePrivate')} value={gateway.cname.private} />
        </FactRows>
      </Section>
      <Limits gateway={gateway} />
      <Identity gateway={gateway} />
    </>
  )
}

function AddressRow({ label, side }: { readonly label: string; readonly side: Gateway['internet' | 'vpc'] }) {
  const t = useTranslations('gateways.overview')
  const { enabled, address, tlsAddress } = side
  return (
    <FactRow label={label}>
      {address === null ? (
        <span className="text-ink-3">{enabled ? t('noAddress') : t('sideOff')}</span>
      ) : (
        <span className="flex flex-col items-start gap-1">
          <MonoValue value={address} name={label} />
          {tlsAddress === null ? null : <MonoValue value={tlsAddress} name={t('tlsOf', { side: label })} />}
        </span>
      )}
    </FactRow>
  )
}

function CnameRow({ label, value }: { readonly label: string; readonly value: string | null }) {
  if (value === null) return null
  return (
    <FactRow label={label}>
      <MonoValue value={value} name={label} />
    </FactRow>
  )
}

function Limits({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways.overview')
  const format = useFormat()
  const { requestBodyBytesMax, requestMs, requestsPerSecond, requestsPerSecondPerService } = gateway.limits
  return (
    <Section title={t('limits')} note={t('limitsNote')}>
      <FactRows>
        <FactRow label={t('body')}>{t('bodyValue', { size: format.bytes(requestBodyBytesMax) })}</FactRow>
        <FactRow label={t('rate')}>
          <RateText total={requestsPerSecond} service={requestsPerSecondPerService} />
        </FactRow>
        <FactRow label={t('requestTime')}>
          {t('requestTimeValue', { time: format.duration(requestMs) })}
        </FactRow>
        {gateway.type === 'shared' ? <FactRow label={t('bandwidth')}>{t('bandwidthValue')}</FactRow> : null}
      </FactRows>
    </Section>
  )
}

interface RateTextProps {
  readonly total: number | null
  readonly service: number | null
}

function RateText({ total, service }: RateTextProps) {
  const t = useTranslations('gateways.overview')
  if (total !== null && service !== null) return t('rateBoth', { total, service })
  if (total !== null) return t('rateTotal', { total })
  return service === null ? t('rateNone') : t('rateService', { service })
}

function Identity({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways.overview')
  const free = useTranslations('gateways')('free')
  const { workspace } = useWorkspace()
  return (
    <Section title={t('facts')} note={gateway.type === 'shared' ? t('factsNote') : undefined}>
      <FactRows>
        <FactRow label={t('id')}>
          <MonoValue value={gateway.id} name={t('id')} />
        </FactRow>
        {gateway.type === 'shared' ? null : (
          <FactRow label={t('size')}>
            <GatewaySize gateway={gateway} />{' '}
            <span className="text-ink-3">· {t('nodesRunning', { count: gateway.nodesRunning })}</span>
          </FactRow>
        )}
        {gateway.billing === null ? null : (
          <FactRow label={t('billing')}>
            {gateway.billing === 'subscription'
              ? t('subscription', { months: gateway.billingMonths ?? 0 })
              : t('payAsYouGo')}
          </FactRow>
        )}
        <FactRow label={t('isDefault')}>{gateway.isDefault ? t('yes') : t('no')}</FactRow>
        {gateway.type === 'shared' ? <FactRow label={t('price')}>{free}</FactRow> : null}
        <FactRow label={t('revision')}>
          <TextLink plain href={`/w/${workspace}/gateways/${gateway.id}/revisions`} className="tnum">
            {gateway.revision}
          </TextLink>
        </FactRow>
      </FactRows>
    </Section>
  )
}
