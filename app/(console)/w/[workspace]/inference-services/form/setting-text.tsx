'use client'

import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { ChangedField, InferenceServiceFormOutput } from '@/lib/client/inference-service-form.ts'
import { apiTypeFacts } from '@/lib/domain/api-type.ts'

const labels = {
  description: 'form.description',
  instances: 'form.instances',
  apiType: 'form.apiType',
  apiPath: 'form.apiPath',
  model: 'form.model',
  gatewayId: 'form.gateway',
  balancing: 'form.balancing',
  hashHeader: 'form.hashHeader',
  requestTimeoutMs: 'form.timeout',
  healthCheck: 'basic.healthCheck',
  forwardAuthorization: 'form.forward',
  labels: 'form.labels',
  upstreamCredential: 'form.credential',
} as const satisfies Record<ChangedField, string>

/** A setting's name and its value in words. */
export function useSettingText(workspace: string) {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const onOff = (on: boolean) => t(on ? 'review.on' : 'review.off')

  const texts: Record<ChangedField, (settings: InferenceServiceFormOutput) => ReactNode> = {
    description: ({ description }) => description || t('none'),
    instances: ({ instances }) => (
      <Lines lines={instances.map(({ url, weight }) => t('review.instance', { url, weight }))} />
    ),
    apiType: ({ apiType }) => t(`apiTypes.${apiType}`),
    apiPath: ({ apiPath, apiType }) => {
      const usual = apiTypeFacts[apiType].path
      if (apiPath !== null) return <code className="font-mono">{apiPath}</code>
      return usual === null ? t('none') : t('review.byType', { path: usual })
    },
    model: ({ model }) => model ?? t('none'),
    gatewayId: ({ gatewayId }) => gateways?.items.find(({ id }) => id === gatewayId)?.name ?? gatewayId,
    balancing: ({ balancing }) => t(`balancings.${balancing}`),
    hashHeader: ({ hashHeader }) => hashHeader ?? t('hashOfAddress'),
    requestTimeoutMs: ({ requestTimeoutMs }) => format.duration(requestTimeoutMs),
    healthCheck: ({ healthCheck }) => {
      if (healthCheck === null) return t('basic.healthCheckOff')
      const { path, intervalMs, timeoutMs, unhealthyAfter, healthyAfter } = healthCheck
      return (
        <Lines
          lines={[
            t('basic.healthCheckText', { path, interval: format.duration(intervalMs) }),
            `${t('form.healthTimeout')}: ${format.duration(timeoutMs)}`,
            `${t('form.unhealthyAfter')}: ${format.number(unhealthyAfter)}`,
            `${t('form.healthyAfter')}: ${format.number(healthyAfter)}`,
          ]}
        />
      )
    },
    forwardAuthorization: ({ forwardAuthorization }) => onOff(forwardAuthorization),
    labels: (settings) => {
      const entries = Object.entries(settings.labels)
      return entries.length === 0 ? t('none') : <Lines lines={entries.map((entry) => entry.join('='))} />
    },
    upstreamCredential: ({ upstreamCredential }) =>
      upstreamCredential === null ? t('basic.credentialNone') : t('review.secretSet'),
  }
  return {
    label: (field: ChangedField) => t(labels[field]),
    value: (field: ChangedField, settings: InferenceServiceFormOutput) => texts[field](settings),
  }
}

/** Inline, so that a marked change is marked on every line. */
function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((text, index) => (
    <Fragment key={text}>
      {index === 0 ? null : <br />}
      {text}
    </Fragment>
  ))
}
