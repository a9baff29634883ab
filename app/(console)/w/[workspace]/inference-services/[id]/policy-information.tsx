'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { usePolicyText } from '../use-policy-text.ts'

type PolicyInformationProps = { readonly workspace: string; readonly service: InferenceService }

/** What the gateway holds the service's traffic to, and what it does about failures. */
export function PolicyInformation({ workspace, service }: PolicyInformationProps) {
  const t = useTranslations('inference-services.policy')
  const text = usePolicyText()
  const { data: gateway } = useQuery(gatewayQueries.detail(workspace, service.gateway.id))
  const { passiveHealth } = service
  return (
    <FactRows>
      <FactRow label={t('protocol')}>
        {t('protocolText', {
          protocol: text.protocol(service.protocol),
          version: text.upstreamHttp(service.upstreamHttp),
        })}
      </FactRow>
      <FactRow label={t('rate')}>
        {text.rate(service.requestsPerSecond, gateway?.limits.requestsPerSecondPerService)}
      </FactRow>
      <FactRow label={t('concurrency')}>{text.concurrency(service.concurrency)}</FactRow>
      <HealthCheckRow service={service} />
      <FactRow label={t('passive')}>
        {text.passiveHealth(passiveHealth)}
        {passiveHealth === null ? null : (
          <span className="block text-meta text-ink-3">{text.passiveDetails(passiveHealth).join(' · ')}</span>
        )}
      </FactRow>
      <FactRow label={t('retries')}>{text.retries(service.retries)}</FactRow>
      <FactRow label={t('slowStart')}>{text.slowStart(service.slowStartMs)}</FactRow>
      <FactRow label={t('panic')}>{text.panic(service.panicThreshold)}</FactRow>
    </FactRows>
  )
}

function HealthCheckRow({ service: { healthCheck } }: Pick<PolicyInformationProps, 'service'>) {
  const t = useTranslations('inference-services.basic')
  const format = useFormat()
  return (
    <FactRow label={t('healthCheck')}>
      {healthCheck
        ? t('healthCheckText', { path: healthCheck.path, interval: format.duration(healthCheck.intervalMs) })
        : t('healthCheckOff')}
    </FactRow>
  )
}
