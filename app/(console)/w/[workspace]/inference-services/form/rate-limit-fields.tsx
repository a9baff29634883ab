'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields } from '@/components/form/folded-fields.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { requestsPerSecond } from '@/lib/domain/traffic-policy.ts'
import { usePolicyText } from '../use-policy-text.ts'

/** A limit of the service's own, or what its gateway gives each service. */
export function RateLimitFields({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const [rate, gatewayId] = useWatch<InferenceServiceFormInput, readonly ['requestsPerSecond', 'gatewayId']>({
    name: ['requestsPerSecond', 'gatewayId'],
  })
  const limits = gateways?.items.find(({ id }) => id === gatewayId)?.limits
  const given = limits?.requestsPerSecondPerService
  const entered = rate.enabled ? requestsPerSecond.safeParse(rate.value) : null
  const total = limits?.requestsPerSecond ?? null
  const beyond = entered?.success && total !== null && entered.data > total
  return (
    <FoldedFields
      label={t('policy.rate')}
      summary={
        entered === null
          ? text.rate(null, given)
          : entered.success
            ? text.rate(entered.data, given)
            : t('form.incomplete')
      }
      names={['requestsPerSecond']}
    >
      <SwitchField<InferenceServiceFormInput>
        name="requestsPerSecond.enabled"
        label={t('form.rate')}
        help={
          given === undefined
            ? t('form.gatewayLoading')
            : given === null
              ? t('form.rateNotGiven')
              : t('form.rateGiven', { count: given })
        }
      />
      {rate.enabled ? (
        <NumberField<InferenceServiceFormInput>
          name="requestsPerSecond.value"
          label={t('form.rateValue')}
          unit={t('policy.perSecond')}
          min={1}
          max={1_000_000}
          help={beyond ? t('form.rateBeyond', { count: total }) : t('form.rateValueHelp')}
        />
      ) : null}
    </FoldedFields>
  )
}
