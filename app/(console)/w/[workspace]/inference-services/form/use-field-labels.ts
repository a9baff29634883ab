'use client'

import { useTranslations } from 'use-intl'

/** The names of inputs, for the summary of what is wrong. */
export function useFieldLabels(): Readonly<Record<string, string>> {
  const t = useTranslations('inference-services.form')
  const policy = useTranslations('inference-services.policy')
  return {
    name: t('name'),
    description: t('description'),
    instances: t('instances'),
    'instances.url': t('url'),
    'instances.weight': t('weight'),
    upstreamCredential: t('credential'),
    apiType: t('apiType'),
    apiPath: t('apiPath'),
    model: t('model'),
    gatewayId: t('gateway'),
    balancing: t('balancing'),
    hashHeader: t('hashHeader'),
    requestTimeoutMs: t('timeout'),
    protocol: policy('protocol'),
    upstreamHttp: t('upstreamHttp'),
    requestsPerSecond: policy('rate'),
    concurrency: policy('concurrency'),
    'concurrency.perInstance': t('perInstance'),
    'concurrency.queueSize': t('queueSize'),
    'concurrency.queueTimeoutMs': t('queueTimeout'),
    passiveHealth: policy('passive'),
    'passiveHealth.failures': t('failures'),
    'passiveHealth.window': t('window'),
    'passiveHealth.windowMs': t('windowTime'),
    'passiveHealth.ejectMs': t('eject'),
    'passiveHealth.ejectMsMax': t('ejectMax'),
    retries: policy('retries'),
    'retries.attempts': t('attempts'),
    slowStartMs: policy('slowStart'),
    panicThreshold: policy('panic'),
    healthCheck: t('healthCheck'),
    'healthCheck.path': t('healthPath'),
    'healthCheck.intervalMs': t('healthInterval'),
    'healthCheck.timeoutMs': t('healthTimeout'),
    'healthCheck.unhealthyAfter': t('unhealthyAfter'),
    'healthCheck.healthyAfter': t('healthyAfter'),
    labels: t('labels'),
    'labels.name': t('labelName'),
    'labels.value': t('labelValue'),
  }
}
