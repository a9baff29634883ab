'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields, FoldedList } from '@/components/form/folded-fields.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { concurrencyInput } from '@/lib/domain/traffic-policy.ts'
import { usePolicyText } from '../use-policy-text.ts'
import { RateLimitFields } from './rate-limit-fields.tsx'

/** How calls come in and go out, and how many of them at a time. */
export function TrafficFields({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services.form')
  return (
    <FormSection title={t('traffic')} note={t('trafficNote')}>
      <FoldedList>
        <ProtocolFields />
        <RateLimitFields workspace={workspace} />
        <ConcurrencyFields />
      </FoldedList>
    </FormSection>
  )
}

function ProtocolFields() {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const [protocol, upstreamHttp] = useWatch<InferenceServiceFormInput, readonly ['protocol', 'upstreamHttp']>(
    { name: ['protocol', 'upstreamHttp'] },
  )
  return (
    <FoldedFields
      label={t('policy.protocol')}
      summary={t('policy.protocolText', {
        protocol: text.protocol(protocol),
        version: text.upstreamHttp(upstreamHttp),
      })}
      names={['protocol', 'upstreamHttp']}
    >
      <RadioCardsField<InferenceServiceFormInput>
        name="protocol"
        label={t('form.protocolFromCallers')}
        columns={2}
        items={(['http', 'grpc'] as const).map((value) => ({
          value,
          title: text.protocol(value),
          description: t(`form.protocolDescriptions.${value}`),
        }))}
      />
      <SelectField<InferenceServiceFormInput>
        name="upstreamHttp"
        label={t('form.upstreamHttp')}
        items={(['1.1', '2'] as const).map((value) => ({ value, label: text.upstreamHttp(value) }))}
        help={protocol === 'grpc' ? t('form.upstreamHttpHelpGrpc') : t('form.upstreamHttpHelp')}
      />
    </FoldedFields>
  )
}

function ConcurrencyFields() {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const concurrency = useWatch<InferenceServiceFormInput, 'concurrency'>({ name: 'concurrency' })
  const entered = concurrencyInput.safeParse(concurrency)
  return (
    <FoldedFields
      label={t('policy.concurrency')}
      summary={
        concurrency.enabled
          ? entered.success
            ? text.concurrency(entered.data)
            : t('form.incomplete')
          : text.concurrency(null)
      }
      names={['concurrency']}
    >
      <SwitchField<InferenceServiceFormInput>
        name="concurrency.enabled"
        label={t('form.concurrency')}
        help={t('form.concurrencyHelp')}
      />
      {concurrency.enabled ? (
        <div className="flex flex-wrap gap-x-6 gap-y-[18px] *:max-w-[220px]">
          <NumberField<InferenceServiceFormInput>
            name="concurrency.perInstance"
            label={t('form.perInstance')}
            help={t('form.perInstanceHelp')}
            min={1}
            max={100_000}
          />
          <NumberField<InferenceServiceFormInput>
            name="concurrency.queueSize"
            label={t('form.queueSize')}
            help={t('form.queueSizeHelp')}
            min={0}
            max={10_000}
          />
          <SecondsField<InferenceServiceFormInput>
            name="concurrency.queueTimeoutMs"
            label={t('form.queueTimeout')}
            help={t('form.queueTimeoutHelp')}
            min={0.001}
            max={600}
          />
        </div>
      ) : null}
    </FoldedFields>
  )
}
