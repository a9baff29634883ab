'use client'

import { useLocale, useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { Monogram } from '@/components/ui/monogram.tsx'
import { isAutomatic, keyFormOf, shownOptions, wordsIn } from '@/lib/client/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { KeysFields } from './keys-fields.tsx'
import { ModelsField } from './models-field.tsx'
import { OptionField } from './option-field.tsx'
import { ProtocolField } from './protocol-field.tsx'
import { ProviderPicker } from './provider-picker.tsx'
import { UrlField } from './url-field.tsx'
import { useProviderChoice } from './use-provider-choice.ts'

interface ProviderFieldsProps {
  readonly kind: ProviderManifest['kind']
  readonly manifests: readonly ProviderManifest[]
  /** A service's provider stays. */
  readonly serviceId: string | null
}

/** An AI or agent service: who answers, by which protocol and address, with which keys, as which models. */
export function ProviderFields({ kind, manifests, serviceId }: ProviderFieldsProps) {
  const t = useTranslations('services.form')
  const locale = useLocale()
  const offered = manifests.filter((manifest) => manifest.kind === kind)
  const choice = useProviderChoice(manifests)
  const { manifest, protocol, options } = choice
  const credential = manifest ? keyFormOf(manifest, protocol, options) : null
  return (
    <>
      <FormSection title={t('provider')} note={t('responsibility')}>
        {serviceId === null ? (
          <ProviderPicker manifests={offered} onChoose={choice.chooseProvider} />
        ) : manifest ? (
          <p className="flex items-center gap-2.5 text-body">
            <Monogram text={manifest.monogram} />
            {wordsIn(manifest.name, locale)}
            <span className="text-control text-ink-3">{t('providerStays')}</span>
          </p>
        ) : null}
      </FormSection>
      {manifest ? (
        <>
          <FormSection title={t('connection')} note={t('connectionNote')}>
            {shownOptions(manifest, options).map((option) => (
              <OptionField key={option.name} option={option} choice={choice} />
            ))}
            {kind === 'model' ? <ProtocolField manifest={manifest} choice={choice} /> : null}
            {isAutomatic(manifest) ? (
              <p className="max-w-[560px] text-control text-ink-2">{t('automatic')}</p>
            ) : (
              <UrlField manifest={manifest} choice={choice} />
            )}
          </FormSection>
          {credential ? (
            <FormSection title={t('keys')} note={t('keysNote')}>
              <KeysFields manifest={manifest} manifests={manifests} credential={credential} />
            </FormSection>
          ) : null}
          {kind === 'model' ? (
            <FormSection title={t('models')} note={t('modelsNote')}>
              <ModelsField manifest={manifest} manifests={manifests} serviceId={serviceId} />
            </FormSection>
          ) : null}
        </>
      ) : null}
    </>
  )
}
