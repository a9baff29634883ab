'use client'

import { useTranslations } from 'use-intl'
import { FoldedList } from '@/components/form/folded-fields.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { GatewayFields } from './gateway-fields.tsx'
import { NacosFields } from './nacos-fields.tsx'
import { NlbFields } from './nlb-fields.tsx'
import { PlaceFields } from './place-fields.tsx'
import { VpcDirectFields } from './vpc-direct-fields.tsx'

type NetworkFieldsProps = {
  readonly workspace: string
  /** The service being updated. */
  readonly service: InferenceService | undefined
}

/** The gateway that callers use, the network that the service stands in, and the ways past the gateway. */
export function NetworkFields({ workspace, service }: NetworkFieldsProps) {
  const t = useTranslations('inference-services.form')
  return (
    <>
      <FormSection title={t('network')} note={t('networkNote')}>
        <GatewayFields workspace={workspace} boundTo={service?.gateway.id} />
        <PlaceFields workspace={workspace} />
      </FormSection>
      <FormSection title={t('ways')} note={t('waysNote')}>
        <FoldedList>
          <VpcDirectFields />
          <NlbFields />
          <NacosFields />
        </FoldedList>
      </FormSection>
    </>
  )
}
