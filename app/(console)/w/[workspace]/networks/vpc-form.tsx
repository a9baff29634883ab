'use client'

import type { FieldValues } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Button } from '@/components/ui/button.tsx'
import { networkQueries, useCreateVpc, useUpdateVpc } from '@/lib/client/networks-queries.ts'
import type { Vpc } from '@/lib/domain/network.ts'
import { useConflict } from '../use-conflict.ts'
import { useWorkspace } from '../use-workspace.ts'
import { VersionConflict } from '../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../versioned-form.tsx'
import { withFieldPaths } from '../with-field-paths.ts'
import { CidrField } from './cidr-field.tsx'
import { type VpcFormValues, vpcFieldOf, vpcFormOf, vpcFormValues, vpcInputOf } from './vpc-form-values.ts'

interface CreateVpcFormProps {
  readonly onDone: () => void
}

export function CreateVpcForm({ onDone }: CreateVpcFormProps) {
  const t = useTranslations('networks.vpc')
  const { workspace } = useWorkspace()
  const create = useCreateVpc(workspace)
  const form = useKitForm({
    schema: vpcFormValues,
    defaultValues: { name: '', blocks: [{ cidr: '10.0.0.0/8' }] },
  })
  const submit = async (values: VpcFormValues) => {
    try {
      await create.mutateAsync(vpcInputOf(values))
    } catch (error) {
      throw withFieldPaths(error, vpcFieldOf)
    }
    toast(t('created'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('createTitle')}>
      <VpcFields />
      <FormBar submitLabel={t('create')} sticky={false} onCancel={onDone} fieldLabels={useVpcFieldLabels()} />
    </Form>
  )
}

interface EditVpcFormProps {
  readonly edited: Edited<Vpc>
  readonly onDone: () => void
  readonly onDelete: () => void
}

export function EditVpcForm({ edited, onDone, onDelete }: EditVpcFormProps) {
  const { base } = edited
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const update = useUpdateVpc(workspace, base.id)
  const fieldLabels = useVpcFieldLabels()
  const form = useKitForm({ schema: vpcFormValues, defaultValues: vpcFormOf(base) })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const { queryKey } = networkQueries.vpcs(workspace)
  const labels = { name: fieldLabels.name, cidrs: fieldLabels.blocks }
  const { save, conflict } = useConflict({ edited, isDirty, labels, queryKey })
  const submit = async (values: VpcFormValues) => {
    try {
      await save((version) => update.mutateAsync({ ...vpcInputOf(values), version }))
    } catch (error) {
      throw withFieldPaths(error, vpcFieldOf)
    }
    toast(t('vpc.saved'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('vpc.edit')}>
      {conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      <VpcFields />
      <FormBar
        submitLabel={t('save')}
        sticky={false}
        onCancel={onDone}
        fieldLabels={fieldLabels}
        extra={
          <Button variant="quiet" className="text-bad-text!" onClick={onDelete}>
            {t('delete')}
          </Button>
        }
      />
    </Form>
  )
}

function useVpcFieldLabels() {
  const t = useTranslations('networks')
  return { name: t('columns.name'), blocks: t('columns.blocks') }
}

function VpcFields() {
  const t = useTranslations('networks')
  return (
    <div className="flex flex-col gap-[18px]">
      <TextField<FieldValues> name="name" label={t('columns.name')} help={t('nameHelp')} mono />
      <RowsField
        name="blocks"
        label={t('columns.blocks')}
        help={t('vpc.blocksHelp')}
        addLabel={t('vpc.addBlock')}
        rowLabel={(index) => t('vpc.blockRow', { number: index + 1 })}
        emptyRow={() => ({ cidr: '' })}
        rowsMin={1}
        rowsMax={16}
      >
        {({ path, index }) => (
          <CidrField name={`${path}.cidr`} label={t('vpc.blockRow', { number: index + 1 })} />
        )}
      </RowsField>
    </div>
  )
}
