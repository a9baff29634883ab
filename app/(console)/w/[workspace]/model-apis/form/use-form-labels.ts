'use client'

import { useTranslations } from 'use-intl'

/** The names of the fields in the summary of complaints, in the order of the page. */
export function useFormLabels(): Readonly<Record<string, string>> {
  const t = useTranslations('model-apis.form')
  return {
    name: t('name'),
    gatewayId: t('gateway'),
    protocol: t('protocol'),
    domainIds: t('domains'),
    basePath: t('basePath'),
    removeBasePath: t('strip'),
    disabledRoutes: t('routes'),
    mode: t('mode'),
    single: t('service'),
    'rules.pattern': t('pattern'),
    rules: t('rules'),
    others: t('othersOf'),
    weights: t('shares'),
    'metrics.largestShare': t('largestShare'),
    'metrics.window': t('window'),
    metrics: t('candidates'),
    'intent.model': t('classifier'),
    'intent.others': t('intentOthers'),
    intent: t('intentServices'),
    fallback: t('fallbackTargets'),
    firstPacketTimeoutMs: t('firstPacket'),
    resourceGroup: t('resourceGroup'),
  }
}
