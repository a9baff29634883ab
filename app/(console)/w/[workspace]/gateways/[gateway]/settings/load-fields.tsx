'use client'

import { type Control, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import {
  type CountName,
  countNames,
  type GatewaySettingsValues,
  type RateName,
  rateNames,
} from './gateway-settings-values.ts'

interface LoadFieldsProps {
  readonly control: Control<GatewaySettingsValues, unknown, GatewaySettingsValues>
}

/** How much comes through: per second, and at a time. */
export function LoadFields({ control }: LoadFieldsProps) {
  return (
    <>
      {rateNames.map((name) => (
        <RateField key={name} name={name} control={control} />
      ))}
      {countNames.map((name) => (
        <CountField key={name} name={name} control={control} />
      ))}
    </>
  )
}

function RateField({ name, control }: LoadFieldsProps & { readonly name: RateName }) {
  const t = useTranslations('gateways.settings')
  const limited = useWatch({ control, name: `${name}.enabled` })
  return (
    <div className="flex flex-col gap-2.5">
      <SwitchField
        name={`${name}.enabled`}
        control={control}
        label={t(`fields.${name}`)}
        help={t(`help.${name}`)}
      />
      {limited ? (
        <NumberField
          name={`${name}.value`}
          control={control}
          label={t(`perSecond.${name}`)}
          unit={t('units.perSecond')}
          min={1}
          max={1_000_000}
          step={100}
        />
      ) : null}
    </div>
  )
}

function CountField({ name, control }: LoadFieldsProps & { readonly name: CountName }) {
  const t = useTranslations('gateways.settings')
  const bounds = gatewayLimitsInput.shape[name].unwrap()
  return (
    <NumberField
      name={name}
      control={control}
      label={t(`fields.${name}`)}
      help={t(`help.${name}`)}
      min={bounds.minValue ?? 0}
      max={bounds.maxValue ?? Number.MAX_SAFE_INTEGER}
      step={100}
    />
  )
}
