'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import type { VSwitch } from '@/lib/domain/network.ts'
import { DrawerPart } from '../../drawer-part.tsx'

/** What a vSwitch keeps for as long as it exists. */
export function VSwitchFacts({ vswitch }: { readonly vswitch: VSwitch }) {
  const t = useTranslations('networks')
  return (
    <DrawerPart title={t('vswitch.place')}>
      <FactRows>
        <FactRow label={t('vpcLabel')}>
          <span translate="no">{vswitch.vpcName}</span>
        </FactRow>
        <FactRow label={t('columns.zone')}>
          <span className="font-mono">{vswitch.zone}</span>
        </FactRow>
        <FactRow label={t('columns.block')}>
          <MonoValue value={vswitch.cidr} name={t('columns.block')} />
        </FactRow>
      </FactRows>
      {vswitch.zoneSupported ? null : (
        <div className="mt-3">
          <Callout tone="info">{t('vswitch.zoneUnsupportedText', { zone: vswitch.zone })}</Callout>
        </div>
      )}
      <p className="mt-3 text-meta text-ink-3">{t('vswitch.fixed')}</p>
    </DrawerPart>
  )
}
