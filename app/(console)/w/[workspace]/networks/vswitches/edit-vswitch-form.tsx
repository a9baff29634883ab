'use client'

import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Button } from '@/components/ui/button.tsx'
import { useUpdateVSwitch } from '@/lib/client/networks-queries.ts'
import { objectName, type VSwitch } from '@/lib/domain/network.ts'
import { useWorkspace } from '../../use-workspace.ts'

const nameValues = z.object({ name: objectName })

interface EditVSwitchFormProps {
  readonly vswitch: VSwitch
  readonly onDone: () => void
  readonly onDelete: () => void
}

/** Only the name changes: addresses may be in use. */
export function EditVSwitchForm({ vswitch, onDone, onDelete }: EditVSwitchFormProps) {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const update = useUpdateVSwitch(workspace, vswitch.id)
  const form = useKitForm({ schema: nameValues, defaultValues: { name: vswitch.name } })
  const submit = async ({ name }: z.output<typeof nameValues>) => {
    await update.mutateAsync({ name, version: vswitch.version })
    toast(t('vswitch.saved'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('vswitch.edit')}>
      <TextField name="name" control={form.control} label={t('columns.name')} help={t('nameHelp')} mono />
      <FormBar
        submitLabel={t('save')}
        sticky={false}
        onCancel={onDone}
        fieldLabels={{ name: t('columns.name') }}
        extra={
          <Button variant="quiet" className="text-bad-text!" onClick={onDelete}>
            {t('delete')}
          </Button>
        }
      />
    </Form>
  )
}
