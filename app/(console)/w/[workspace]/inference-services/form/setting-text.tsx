'use client'

import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { ChangedField } from '@/lib/client/inference-service-changes.ts'
import type { InferenceServiceFormOutput } from '@/lib/client/inference-service-form.ts'
import { apiTypeFacts } from '@/lib/domain/api-type.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useAccessText } from '../use-access-text.ts'
import { usePolicyText } from '../use-policy-text.ts'

const labels = {
  description: 'form.description',
  instances: 'form.instances',
  apiType: 'form.apiType',
  apiPath: 'form.apiPath',
  model: 'form.model',
  gatewayId: 'form.gateway',
  vpcId: 'form.vpc',
  vswitchId: 'form.vswitch',
  securityGroupId: 'form.securityGroup',
  vpcDirect: 'form.vpcDirect',
  nlb: 'form.nlb',
  nacos: 'form.nacos',
  balancing: 'form.balancing',
  hashHeader: 'form.hashHeader',
  requestTimeoutMs: 'form.timeout',
  protocol: 'policy.protocol',
  upstreamHttp: 'form.upstreamHttp',
  requestsPerSecond: 'policy.rate',
  concurrency: 'policy.concurrency',
  healthCheck: 'basic.healthCheck',
  passiveHealth: 'policy.passive',
  retries: 'policy.retries',
  slowStartMs: 'policy.slowStart',
  panicThreshold: 'policy.panic',
  forwardAuthorization: 'form.forward',
  labels: 'form.labels',
  upstreamCredential: 'form.credential',
} as const satisfies Record<ChangedField, string>

/** A setting's name and its value in words. */
export function useSettingText(workspace: string) {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const policy = usePolicyText()
  const access = useAccessText(workspace)
  const nameOf = useGatewayName()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const gatewayOf = (wanted: string) => gateways?.items.find(({ id }) => id === wanted)
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
    gatewayId: ({ gatewayId }) => nameOf(gatewayOf(gatewayId) ?? { id: gatewayId, name: gatewayId }),
    vpcId: ({ vpcId }) => access.vpc(vpcId),
    vswitchId: ({ vswitchId }) => access.vswitch(vswitchId),
    securityGroupId: ({ securityGroupId }) => access.securityGroup(securityGroupId),
    vpcDirect: ({ vpcDirect }) => access.direct(vpcDirect),
    nlb: ({ nlb }) => (nlb.length === 0 ? access.off : <Lines lines={access.nlb(nlb)} />),
    nacos: ({ nacos, name }) =>
      nacos.length === 0 ? access.off : <Lines lines={access.nacos(nacos, name)} />,
    protocol: ({ protocol }) => policy.protocol(protocol),
    upstreamHttp: ({ upstreamHttp }) => policy.upstreamHttp(upstreamHttp),
    requestsPerSecond: ({ requestsPerSecond, gatewayId }) =>
      policy.rate(requestsPerSecond, gatewayOf(gatewayId)?.limits.requestsPerSecondPerService),
    concurrency: ({ concurrency }) => policy.concurrency(concurrency),
    passiveHealth: ({ passiveHealth }) =>
      passiveHealth === null ? (
        policy.passiveHealth(null)
      ) : (
        <Lines lines={[policy.passiveHealth(passiveHealth), ...policy.passiveDetails(passiveHealth)]} />
      ),
    retries: ({ retries }) => policy.retries(retries),
    slowStartMs: ({ slowStartMs }) => policy.slowStart(slowStartMs),
    panicThreshold: ({ panicThreshold }) => policy.panic(panicThreshold),
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
