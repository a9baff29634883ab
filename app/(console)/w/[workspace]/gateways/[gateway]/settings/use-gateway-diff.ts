'use client'

import { useTranslations } from 'use-intl'
import type { FieldChange } from '@/components/feedback/diff-view.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { type GatewaySettingsValues, type LimitName, limitNames, linesOf } from './gateway-settings-values.ts'

/** Two states of the settings, side by side, in the reader's units. */
export function useGatewayDiff(): (
  before: GatewaySettingsValues,
  after: GatewaySettingsValues,
) => FieldChange[] {
  const t = useTranslations('gateways.settings')
  const format = useFormat()
  const amount = (name: LimitName, value: number) =>
    name === 'requestBodyBytesMax'
      ? `${format.number(value)} ${t('units.bytes')} (${format.bytes(value)})`
      : `${format.number(value)} ${t('units.ms')} (${format.duration(value)})`
  const proxies = (text: string) => linesOf(text).join(', ') || t('none')
  return (before, after) => {
    const limits = limitNames
      .filter((name) => before[name] !== after[name])
      .map((name) => ({
        id: name,
        label: t(`fields.${name}`),
        from: amount(name, before[name]),
        to: amount(name, after[name]),
      }))
    const [from, to] = [proxies(before.trustedProxies), proxies(after.trustedProxies)]
    return from === to
      ? limits
      : [...limits, { id: 'trustedProxies', label: t('fields.trustedProxies'), from, to }]
  }
}
