'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { timeZoneItems } from '@/components/form/time-zone-items.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { useUpdateWorkspace, workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import { useConflict } from '../use-conflict.ts'
import { useWorkspace } from '../use-workspace.ts'
import { VersionConflict } from '../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../versioned-form.tsx'
import { type GeneralValues, generalChanges, generalValues } from './general-values.ts'

export function GeneralForm(edited: Edited<Workspace>) {
  const { base } = edited
  const t = useTranslations('settings.general')
  const { workspace } = useWorkspace()
  const defaultGatewayId = base.defaultGatewayId ?? sharedGatewayId
  const { displayName, description, timeZone } = base
  const form = useKitForm({
    schema: generalValues,
    defaultValues: { displayName, description, timeZone, defaultGatewayId },
  })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const update = useUpdateWorkspace(workspace)
  const labels = {
    displayName: t('displayName'),
    description: t('description'),
    defaultGatewayId: t('defaultGateway'),
    timeZone: t('timeZone'),
  }
  const { queryKey } = workspaceQueries.detail(workspace)
  const { save, conflict } = useConflict({ edited, isDirty, labels, queryKey })

  const submit = async (values: GeneralValues) => {
    const changes = generalChanges({ ...base, defaultGatewayId }, values)
    if (changes !== null) await save((version) => update.mutateAsync({ ...changes, version }))
    toast(t('saved'))
  }

  return (
    <Form form={form} onSubmit={submit} aria-label={t('title')}>
      {conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      <FormSection title={t('title')} note={t('note')}>
        <div>
          <div className="text-control font-medium">{t('name')}</div>
          <MonoValue value={base.name} name={t('name')} />
          <div className="text-meta text-ink-3">{t('nameHelp')}</div>
        </div>
        <TextField
          name="displayName"
          control={form.control}
          label={labels.displayName}
          optional
          charactersMax={64}
        />
        <TextField
          name="description"
          control={form.control}
          label={labels.description}
          optional
          multiline
          charactersMax={200}
        />
        <Places control={form.control} labels={labels} zone={timeZone} />
      </FormSection>
      <FormBar submitLabel={t('save')} fieldLabels={labels} />
    </Form>
  )
}

interface PlacesProps {
  readonly control: ReturnType<typeof useKitForm<GeneralValues, GeneralValues>>['control']
  readonly labels: { readonly defaultGatewayId: string; readonly timeZone: string }
  readonly zone: string
}

function Places({ control, labels, zone }: PlacesProps) {
  const t = useTranslations('settings.general')
  const shared = useTranslations('gateways.names')('shared')
  const { workspace } = useWorkspace()
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const gatewayItems = (gateways?.items ?? []).map(({ id, name }) => ({
    value: id,
    label: id === sharedGatewayId ? shared : name,
  }))
  const zones = useMemo(() => timeZoneItems(zone), [zone])
  return (
    <>
      <SelectField
        name="defaultGatewayId"
        control={control}
        label={labels.defaultGatewayId}
        help={t('defaultGatewayHelp')}
        items={gatewayItems}
      />
      <SelectField
        name="timeZone"
        control={control}
        label={labels.timeZone}
        help={t('timeZoneHelp')}
        items={zones}
        searchable
      />
    </>
  )
}
