'use client'

import { useTranslations } from 'use-intl'

/** Names of fields, for their labels and for the form's summary of problems. */
export function useFormLabels() {
  const t = useTranslations('services.form')
  return {
    name: t('name'),
    gatewayId: t('gateway'),
    description: t('description'),
    provider: t('provider'),
    protocol: t('protocol'),
    baseUrl: t('url'),
    options: t('options'),
    keys: t('keys'),
    failover: t('failover'),
    models: t('models'),
    addresses: t('addresses'),
    'discovery.sourceId': t('source'),
    'discovery.namespace': t('namespace'),
    'discovery.group': t('group'),
    'discovery.service': t('discovered'),
    'discovery.port': t('port'),
    'functionCompute.function': t('function'),
    'functionCompute.qualifier': t('qualifier'),
    'functionCompute.url': t('triggerUrl'),
    'tls.serverName': t('serverName'),
    'tls.ca': t('ca'),
    'tls.certificateId': t('clientCertificate'),
    healthCheck: t('healthCheck'),
    requestTimeoutMs: t('timeout'),
  }
}
