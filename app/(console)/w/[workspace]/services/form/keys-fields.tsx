'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { CredentialForm } from '@/lib/client/provider-form.ts'
import { emptyKey, type ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { keysMax } from '@/lib/domain/service-parts.ts'
import { KeyFields } from './key-fields.tsx'

interface KeysFieldsProps {
  readonly manifest: ProviderManifest
  readonly manifests: readonly ProviderManifest[]
  readonly credential: CredentialForm
}

/** One to ten keys, and what happens when one of them fails. */
export function KeysFields(props: KeysFieldsProps) {
  const t = useTranslations('services.form')
  const { keyPage, keysOptional } = props.manifest
  return (
    <>
      <RowsField
        name="keys"
        label={t('keys')}
        help={
          keysOptional ? (
            t('keysOptional')
          ) : keyPage ? (
            <a
              href={keyPage}
              target="_blank"
              rel="noreferrer"
              className="text-accent-text underline underline-offset-2"
            >
              {t('keyPage')}
            </a>
          ) : undefined
        }
        addLabel={t('keyAdd')}
        rowLabel={(index) => t('keyRow', { number: index + 1 })}
        emptyRow={() => ({ ...emptyKey() })}
        rowsMin={1}
        rowsMax={keysMax}
      >
        {({ index, path }) => (
          <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
            <KeyFields {...props} path={path} label={t('keyRow', { number: index + 1 })} />
            <TextField<ServiceFormValues>
              name={`${path}.label` as 'name'}
              label={t('keyLabel')}
              optional
              className="min-w-0 flex-1 basis-[140px]"
            />
          </div>
        )}
      </RowsField>
      <FailoverFields />
    </>
  )
}

function FailoverFields() {
  const t = useTranslations('services.form')
  const [keys, enabled] = useWatch<ServiceFormValues, readonly ['keys', 'failover.enabled']>({
    name: ['keys', 'failover.enabled'],
  })
  const possible = keys.length > 1
  return (
    <>
      <SwitchField<ServiceFormValues>
        name="failover.enabled"
        label={t('failover')}
        help={t(possible ? 'failoverHelp' : 'failoverNeedsTwo')}
        disabled={!possible}
      />
      {possible && enabled ? (
        <div className="flex flex-wrap items-start gap-x-6 gap-y-[18px]">
          <NumberField<ServiceFormValues> name="failover.failures" label={t('failures')} min={1} max={100} />
          <SecondsField<ServiceFormValues>
            name="failover.retryMs"
            label={t('retryAfter')}
            min={1}
            max={3600}
          />
        </div>
      ) : null}
    </>
  )
}
