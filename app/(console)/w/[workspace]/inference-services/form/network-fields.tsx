'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'

export function NetworkFields({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const chosen = useWatch<InferenceServiceFormInput, 'gatewayId'>({ name: 'gatewayId' })
  const gateway = gateways?.items.find(({ id }) => id === chosen)
  return (
    <FormSection title={t('form.network')} note={t('form.networkNote')}>
      <SelectField<InferenceServiceFormInput>
        name="gatewayId"
        label={t('form.gateway')}
        items={(gateways?.items ?? []).map(({ id, name, type }) => ({
          value: id,
          label: name,
          description: t(`gatewayTypes.${type}`),
        }))}
        help={
          gateway
            ? t('form.gatewayHelp', { limit: format.bytes(gateway.limits.requestBodyBytesMax) })
            : t('form.gatewayLoading')
        }
      />
    </FormSection>
  )
}
