'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { useAccessText } from '../use-access-text.ts'

type NetworkInformationProps = { readonly workspace: string; readonly service: InferenceService }

/** Where the service stands, and which ways lead past its gateway. */
export function NetworkInformation({ workspace, service }: NetworkInformationProps) {
  const t = useTranslations('inference-services.form')
  const text = useAccessText(workspace)
  return (
    <FactRows>
      <FactRow label={t('vpc')}>{text.vpc(service.vpcId)}</FactRow>
      <FactRow label={t('vswitch')}>{text.vswitch(service.vswitchId)}</FactRow>
      <FactRow label={t('securityGroup')}>{text.securityGroup(service.securityGroupId)}</FactRow>
      <FactRow label={t('vpcDirect')}>{text.direct(service.vpcDirect)}</FactRow>
      <FactRow label={t('nlb')}>
        <Lines lines={text.nlb(service.nlb)} none={text.off} />
      </FactRow>
      <FactRow label={t('nacos')}>
        <Lines lines={text.nacos(service.nacos, service.name)} none={text.off} />
      </FactRow>
    </FactRows>
  )
}

function Lines({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) {
  if (lines.length === 0) return none
  return lines.map((line) => (
    <span key={line} className="block [overflow-wrap:anywhere]">
      {line}
    </span>
  ))
}
