'use client'

import { useTranslations } from 'use-intl'
import { FactRow } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { ConnectivityRow } from './connectivity-row.tsx'

interface EndpointRowsProps {
  readonly gateway: Gateway
  readonly side: 'internet' | 'vpc'
}

/** Where callers of a side go, and whether the console gets there now. */
export function EndpointRows({ gateway, side }: EndpointRowsProps) {
  const t = useTranslations('gateway-access')
  const { address, tlsAddress } = gateway[side]
  if (address === null) {
    return (
      <FactRow label={t('endpoint')}>
        <span className="text-ink-3">{t('noEndpoint')}</span>
      </FactRow>
    )
  }
  return (
    <>
      <FactRow label={t('endpoint')}>
        <MonoValue name={t('endpoint')} value={address} />
      </FactRow>
      {tlsAddress === null ? null : (
        <FactRow label={t('tlsEndpoint')}>
          <MonoValue name={t('tlsEndpoint')} value={tlsAddress} />
        </FactRow>
      )}
      <ConnectivityRow gateway={gateway} side={side} />
    </>
  )
}
