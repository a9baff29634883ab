'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { settingsQueries, useUpdateSettings } from '@/lib/client/settings-queries.ts'
import type { Installation } from '@/lib/domain/installation.ts'
import { useConflict } from '../use-conflict.ts'
import { VersionConflict } from '../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../versioned-form.tsx'
import { type PlaceValues, placeFormOf, placeOf, placeValues } from './place-values.ts'

export function PlaceForm(edited: Edited<Installation>) {
  const t = useTranslations('settings.installation')
  const update = useUpdateSettings()
  const form = useKitForm({ schema: placeValues, defaultValues: placeFormOf(edited.base) })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const labels = {
    region: t('region'),
    zones: t('zones'),
    gatewayZones: t('gatewayZones'),
    crossWorkspaceVpc: t('crossWorkspaceVpc'),
  }
  const { save, conflict } = useConflict({ edited, isDirty, labels, queryKey: settingsQueries.all })
  const submit = async (values: PlaceValues) => {
    await save((version) => update.mutateAsync({ ...placeOf(values), version }))
    toast(t('saved'))
  }
  const { control } = form
  return (
    <Form form={form} onSubmit={submit} aria-label={t('placeTitle')}>
      {conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      <FormSection title={t('placeTitle')} note={t('placeNote')}>
        <TextField name="region" control={control} label={labels.region} help={t('regionHelp')} mono />
        <TextField name="zones" control={control} label={labels.zones} help={t('zonesHelp')} mono />
        <TextField
          name="gatewayZones"
          control={control}
          label={labels.gatewayZones}
          help={t('gatewayZonesHelp')}
          placeholder={t('gatewayZonesAll')}
          optional
          mono
        />
        <SwitchField
          name="crossWorkspaceVpc"
          control={control}
          label={labels.crossWorkspaceVpc}
          help={t('crossWorkspaceVpcHelp')}
        />
        <FormBar submitLabel={t('save')} sticky={false} fieldLabels={labels} />
      </FormSection>
    </Form>
  )
}
