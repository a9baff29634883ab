'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { VersionedForm } from '../../../versioned-form.tsx'
import { useGateway } from '../gateway-context.ts'
import { GatewaySettingsForm } from './gateway-settings-form.tsx'
import { countNames, limitNames, rateNames } from './gateway-settings-values.ts'

export function GatewaySettingsPage() {
  const gateway = useGateway()
  if (!gateway.editable) return <ReadOnlySettings />
  return (
    <VersionedForm key={gateway.id} latest={gateway}>
      {(edited) => <GatewaySettingsForm {...edited} />}
    </VersionedForm>
  )
}

function ReadOnlySettings() {
  const t = useTranslations('gateways.settings')
  const format = useFormat()
  const { limits, trustedProxies, proxyProtocol } = useGateway()
  return (
    <>
      <div className="pt-5">
        <Callout tone="info">{t('readOnly')}</Callout>
      </div>
      <Section title={t('limits')}>
        <FactRows>
          {limitNames.map((name) => (
            <FactRow key={name} label={t(`fields.${name}`)}>
              {name === 'requestBodyBytesMax' ? format.bytes(limits[name]) : format.duration(limits[name])}
            </FactRow>
          ))}
        </FactRows>
      </Section>
      <Section title={t('load')}>
        <FactRows>
          {rateNames.map((name) => (
            <FactRow key={name} label={t(`fields.${name}`)}>
              {limits[name] === null ? t('none') : t('perSecondValue', { count: limits[name] })}
            </FactRow>
          ))}
          {countNames.map((name) => (
            <FactRow key={name} label={t(`fields.${name}`)}>
              {format.number(limits[name])}
            </FactRow>
          ))}
        </FactRows>
      </Section>
      <Section title={t('proxies')}>
        <FactRows>
          <FactRow label={t('fields.trustedProxies')}>
            {trustedProxies.length === 0 ? (
              t('none')
            ) : (
              <span className="font-mono">{trustedProxies.join(', ')}</span>
            )}
          </FactRow>
          <FactRow label={t('fields.proxyInternet')}>{t(proxyProtocol.internet ? 'on' : 'off')}</FactRow>
          <FactRow label={t('fields.proxyVpc')}>{t(proxyProtocol.vpc ? 'on' : 'off')}</FactRow>
        </FactRows>
      </Section>
    </>
  )
}
