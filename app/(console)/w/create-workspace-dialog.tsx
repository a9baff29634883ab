'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useTimeZone, useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { timeZoneItems } from '@/components/form/time-zone-items.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { useCreateWorkspace } from '@/lib/client/workspaces-queries.ts'
import { type CreateWorkspaceInput, createWorkspaceInput } from '@/lib/domain/workspace.ts'
import { WorkspaceNameField } from './workspace-name-field.tsx'

export function CreateWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('workspaces')
  return (
    <Dialog open onOpenChange={onClose} title={t('create')}>
      <CreateWorkspaceForm onClose={onClose} />
    </Dialog>
  )
}

function CreateWorkspaceForm({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('workspaces')
  const router = useRouter()
  const create = useCreateWorkspace()
  const timeZone = useTimeZone() ?? 'UTC'
  const zones = useMemo(() => timeZoneItems(timeZone), [timeZone])
  const form = useKitForm({
    schema: createWorkspaceInput,
    defaultValues: { name: '', displayName: '', description: '', timeZone },
  })
  const labels = {
    name: t('fields.name'),
    displayName: t('fields.displayName'),
    description: t('fields.description'),
    timeZone: t('fields.timeZone'),
  }
  const submit = async (input: CreateWorkspaceInput) => {
    const { name } = await create.mutateAsync(input)
    toast(t('created'))
    router.push(`/w/${name}`)
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('create')}>
      <div className="flex flex-col gap-[18px]">
        <WorkspaceNameField control={form.control} />
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
          rows={2}
          charactersMax={200}
        />
        <SelectField
          name="timeZone"
          control={form.control}
          label={labels.timeZone}
          help={t('fields.timeZoneHelp')}
          items={zones}
          searchable
        />
      </div>
      <FormBar submitLabel={t('create')} sticky={false} onCancel={onClose} fieldLabels={labels} />
    </Form>
  )
}
