'use client'

import { useLocale, useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { RadioCards } from '@/components/ui/radio-cards.tsx'
import { wordsIn } from '@/lib/client/provider-form.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { fillOptions, whyNotOffered } from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { useFormatNames } from '../../use-format-names.ts'
import type { ProviderChoice } from './use-provider-choice.ts'

interface ProtocolFieldProps {
  readonly manifest: ProviderManifest
  readonly choice: ProviderChoice
}

/** How the gateway speaks to the service; what a provider does not have stays visible and says why. */
export function ProtocolField({ manifest, choice }: ProtocolFieldProps) {
  const t = useTranslations('services.form')
  const locale = useLocale()
  const names = useFormatNames()
  const { id, error, attributes } = useField<ServiceFormValues>({ name: 'protocol' })
  const items = (['openai', 'native'] as const).map((protocol) => {
    const offered = manifest.protocols.find((one) => one.id === protocol)
    const refusal = offered ? whyNotOffered(offered, fillOptions(manifest, choice.options)) : null
    return {
      value: protocol,
      title: t(`protocols.${protocol}`),
      description: offered ? names(offered.formats) : undefined,
      disabledReason: offered ? (refusal ? wordsIn(refusal, locale) : undefined) : t('protocolMissing'),
    }
  })
  return (
    <FieldFrame id={id} label={t('protocol')} error={error} as="group">
      <RadioCards
        {...attributes}
        aria-labelledby={`${id}-label`}
        items={items}
        value={choice.protocol}
        onValueChange={choice.chooseProtocol}
      />
    </FieldFrame>
  )
}
