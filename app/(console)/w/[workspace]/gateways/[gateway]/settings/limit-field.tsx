'use client'

import { type Control, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import type { GatewaySettingsValues, LimitName } from './gateway-settings-values.ts'

const steps: Record<LimitName, number> = {
  requestBodyBytesMax: 1_048_576,
  clientIdleMs: 1000,
  upstreamConnectMs: 100,
  upstreamIdleMs: 1000,
  requestMs: 1000,
}

interface LimitFieldProps {
  readonly name: LimitName
  readonly control: Control<GatewaySettingsValues, unknown, GatewaySettingsValues>
}

export function LimitField({ name, control }: LimitFieldProps) {
  const t = useTranslations('gateways.settings')
  const format = useFormat()
  const value = useWatch({ control, name })
  const readable = name === 'requestBodyBytesMax' ? format.bytes(value) : format.duration(value)
  const bounds = gatewayLimitsInput.shape[name].unwrap()
  return (
    <NumberField
      name={name}
      control={control}
      label={t(`fields.${name}`)}
      help={t(`help.${name}`)}
      unit={`${name === 'requestBodyBytesMax' ? t('units.bytes') : t('units.ms')} = ${readable}`}
      min={bounds.minValue ?? 0}
      max={bounds.maxValue ?? Number.MAX_SAFE_INTEGER}
      step={steps[name]}
    />
  )
}
