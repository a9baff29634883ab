'use client'

import { useTranslations } from 'use-intl'
import type { FieldChange } from '@/components/feedback/diff-view.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import {
  countNames,
  type GatewaySettingsValues,
  type LimitName,
  limitNames,
  linesOf,
  rateNames,
  rateOf,
} from './gateway-settings-values.ts'

type Setting = { readonly id: string; readonly label: string; readonly text: string }

/** Every setting with its value in the reader's units. */
export function useGatewaySettingTexts(): (values: GatewaySettingsValues) => Setting[] {
  const t = useTranslations('gateways.settings')
  const format = useFormat()
  const amount = (name: LimitName, value: number) =>
    name === 'requestBodyBytesMax'
      ? `${format.number(value)} ${t('units.bytes')} (${format.bytes(value)})`
      : `${format.number(value)} ${t('units.ms')} (${format.duration(value)})`
  const perSecond = (count: number | null) => (count === null ? t('none') : t('perSecondValue', { count }))
  return (values) => [
    ...limitNames.map((id) => ({ id, label: t(`fields.${id}`), text: amount(id, values[id]) })),
    ...rateNames.map((id) => ({ id, label: t(`fields.${id}`), text: perSecond(rateOf(values, id)) })),
    ...countNames.map((id) => ({ id, label: t(`fields.${id}`), text: format.number(values[id]) })),
    {
      id: 'trustedProxies',
      label: t('fields.trustedProxies'),
      text: linesOf(values.trustedProxies).join(', ') || t('none'),
    },
    {
      id: 'proxyInternet',
      label: t('fields.proxyInternet'),
      text: t(values.proxyProtocol.internet ? 'on' : 'off'),
    },
    { id: 'proxyVpc', label: t('fields.proxyVpc'), text: t(values.proxyProtocol.vpc ? 'on' : 'off') },
  ]
}

/** Two states of the settings, side by side: only what differs. */
export function useGatewayDiff(): (
  before: GatewaySettingsValues,
  after: GatewaySettingsValues,
) => FieldChange[] {
  const texts = useGatewaySettingTexts()
  return (before, after) => {
    const wanted = texts(after)
    return texts(before).flatMap(({ id, label, text }, index) => {
      const to = wanted[index]?.text
      return to === text ? [] : [{ id, label, from: text, to }]
    })
  }
}
