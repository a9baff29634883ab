'use client'

import type { Control } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { GatewaySettingsValues } from './gateway-settings-values.ts'

interface ClientAddressFieldsProps {
  readonly control: Control<GatewaySettingsValues, unknown, GatewaySettingsValues>
}

/** Whose word on a client's address is taken, and how it is given. */
export function ClientAddressFields({ control }: ClientAddressFieldsProps) {
  const t = useTranslations('gateways.settings')
  return (
    <>
      <TextField
        name="trustedProxies"
        control={control}
        label={t('fields.trustedProxies')}
        help={t('help.trustedProxies')}
        multiline
        mono
      />
      <div className="flex flex-col gap-2.5">
        <SwitchField name="proxyProtocol.internet" control={control} label={t('fields.proxyInternet')} />
        {/* Said once, under the last of the two. */}
        <SwitchField
          name="proxyProtocol.vpc"
          control={control}
          label={t('fields.proxyVpc')}
          help={t('help.proxyProtocol')}
        />
      </div>
    </>
  )
}
