'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import type { ChangedField } from '@/lib/client/inference-service-changes.ts'
import type { InferenceServiceFormOutput } from '@/lib/client/inference-service-form.ts'
import { useSettingText } from './setting-text.tsx'

type ReviewSettingsProps = {
  readonly workspace: string
  readonly settings: InferenceServiceFormOutput
}

/** Everything that will be deployed, in the order of the form. */
export function ReviewSettings({ workspace, settings }: ReviewSettingsProps) {
  const t = useTranslations('inference-services.form')
  const setting = useSettingText(workspace)
  return (
    <FactRows>
      <FactRow label={t('name')}>
        <span className="font-mono">{settings.name}</span>
      </FactRow>
      {shownFields(settings).map((field) => (
        <FactRow key={field} label={setting.label(field)}>
          <span className="[overflow-wrap:anywhere]">{setting.value(field, settings)}</span>
        </FactRow>
      ))}
    </FactRows>
  )
}

function shownFields(settings: InferenceServiceFormOutput): ChangedField[] {
  const { description, balancing, labels, vpcId, vswitchId, securityGroupId } = settings
  return [
    ...(description === '' ? [] : (['description'] as const)),
    'instances',
    'upstreamCredential',
    'apiType',
    'apiPath',
    'model',
    'gatewayId',
    ...(vpcId === null ? [] : (['vpcId'] as const)),
    ...(vswitchId === null ? [] : (['vswitchId'] as const)),
    ...(securityGroupId === null ? [] : (['securityGroupId'] as const)),
    'vpcDirect',
    'nlb',
    'nacos',
    'protocol',
    'upstreamHttp',
    'requestsPerSecond',
    'concurrency',
    'healthCheck',
    'passiveHealth',
    'retries',
    'slowStartMs',
    'panicThreshold',
    'balancing',
    ...(balancing === 'hash' ? (['hashHeader'] as const) : []),
    'requestTimeoutMs',
    'forwardAuthorization',
    ...(Object.keys(labels).length === 0 ? [] : (['labels'] as const)),
  ]
}
