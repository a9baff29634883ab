'use client'

import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { FactRow } from '@/components/page/facts.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { useCheckConnectivity } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { ConnectivityResult } from './connectivity-result.tsx'

interface EndpointRowsProps {
  readonly gateway: Gateway
  readonly side: 'internet' | 'vpc'
}

/** Where callers of a side go, and whether the console gets there now. */
export function EndpointRows({ gateway, side }: EndpointRowsProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const check = useCheckConnectivity(workspace, gateway.id)
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
      <FactRow
        label={t('endpoint')}
        actions={
          <Button size="sm" loading={check.isPending} onClick={() => check.mutate({ side })}>
            {t('check')}
          </Button>
        }
      >
        <MonoValue name={t('endpoint')} value={address} />
      </FactRow>
      {tlsAddress === null ? null : (
        <FactRow label={t('tlsEndpoint')}>
          <MonoValue name={t('tlsEndpoint')} value={tlsAddress} />
        </FactRow>
      )}
      {check.data || check.error ? (
        <FactRow label={t('connectivity')}>
          {check.data ? <ConnectivityResult result={check.data} /> : null}
          <FailureText error={check.error} />
        </FactRow>
      ) : null}
    </>
  )
}
