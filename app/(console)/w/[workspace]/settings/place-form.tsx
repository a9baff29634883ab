'use client'

import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { settingsQueries, useUpdateSettings } from '@/lib/client/settings-queries.ts'
import { type Installation, installationFields } from '@/lib/domain/installation.ts'
import { useConflict } from '../use-conflict.ts'
import { VersionConflict } from '../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../versioned-form.tsx'

const { region, zones } = installationFields.shape

/** Zones are typed as text, separated by commas or line breaks; the API's own schema judges the list. */
const placeValues = z.object({
  region: region.unwrap(),
  zones: z.string().superRefine((text, context) => {
    const parsed = zones.unwrap().safeParse(zonesOf(text))
    const complaint = parsed.error?.issues[0]?.message
    if (complaint !== undefined) context.addIssue({ code: 'custom', message: complaint })
  }),
})

function zonesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((zone) => zone !== '')
}

export function PlaceForm(edited: Edited<Installation>) {
  const { base } = edited
  const t = useTranslations('settings.installation')
  const update = useUpdateSettings()
  const form = useKitForm({
    schema: placeValues,
    defaultValues: { region: base.region, zones: base.zones.join(', ') },
  })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const labels = { region: t('region'), zones: t('zones') }
  const { save, conflict } = useConflict({ edited, isDirty, labels, queryKey: settingsQueries.all })
  const submit = async (values: z.output<typeof placeValues>) => {
    await save((version) =>
      update.mutateAsync({ region: values.region, zones: zonesOf(values.zones), version }),
    )
    toast(t('saved'))
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('placeTitle')}>
      {conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      <FormSection title={t('placeTitle')} note={t('placeNote')}>
        <TextField name="region" control={form.control} label={labels.region} help={t('regionHelp')} mono />
        <TextField name="zones" control={form.control} label={labels.zones} help={t('zonesHelp')} mono />
        <FormBar submitLabel={t('save')} sticky={false} fieldLabels={labels} />
      </FormSection>
    </Form>
  )
}
