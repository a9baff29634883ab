'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { AccessPortal } from './access-portal.tsx'
import { EndpointRows } from './endpoint-rows.tsx'
import { PublicNetwork } from './public-network.tsx'
import { WhitelistEditor } from './whitelist-editor.tsx'

/** The public entrance of a dedicated gateway and the addresses that may use it. */
export function InternetAccess({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateway-access')
  const { enabled, whitelistBlocks } = gateway.internet
  const managed = gateway.type === 'managed'
  return (
    <>
      <Section
        title={managed ? t('portal') : t('publicNetwork')}
        note={managed ? t('portalNote') : t('publicNetworkNote')}
      >
        {managed ? <AccessPortal gateway={gateway} /> : <PublicNetwork gateway={gateway} />}
        {enabled ? (
          <div className="mt-3">
            <FactRows>
              <EndpointRows gateway={gateway} side="internet" />
              {gateway.cname.public === null ? null : (
                <FactRow label={t('cname')}>
                  <span className="font-mono">{gateway.cname.public}</span>
                </FactRow>
              )}
            </FactRows>
          </div>
        ) : null}
      </Section>
      <Section title={t('whitelist')} note={t('whitelistNote')}>
        {enabled && whitelistBlocks === 0 ? (
          <div className="mb-4">
            <Callout tone="warn" title={t('nobodyTitle')}>
              {t('nobodyText')}
            </Callout>
          </div>
        ) : null}
        <WhitelistEditor gateway={gateway} place="internet" />
      </Section>
    </>
  )
}
