'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Button } from '@/components/ui/button.tsx'
import {
  networkQueries,
  useCreateSecurityGroup,
  useUpdateSecurityGroup,
} from '@/lib/client/networks-queries.ts'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import { useConflict } from '../../use-conflict.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { VersionConflict } from '../../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../../versioned-form.tsx'
import { withFieldPaths } from '../../with-field-paths.ts'
import { fieldOf, type GroupValues, groupValues, rulesOf, valuesOf } from './rule-values.ts'
import { RulesField } from './rules-field.tsx'

interface CreateSecurityGroupFormProps {
  readonly onDone: () => void
}

export function CreateSecurityGroupForm({ onDone }: CreateSecurityGroupFormProps) {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const create = useCreateSecurityGroup(workspace)
  const labels = useGroupLabels()
  const form = useKitForm({
    schema: groupValues,
    defaultValues: {
      name: '',
      inbound: [{ protocol: 'tcp', ports: '', cidr: '', action: 'allow' }],
      outbound: [],
    },
  })
  const submit = async (values: GroupValues) => {
    try {
      await create.mutateAsync({ name: values.name, rules: rulesOf(values) })
    } catch (error) {
      throw withFieldPaths(error, (path) => fieldOf(path, values))
    }
    toast(t('group.created'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('group.createTitle')}>
      <GroupFields />
      <FormBar submitLabel={t('group.create')} sticky={false} onCancel={onDone} fieldLabels={labels} />
    </Form>
  )
}

interface EditSecurityGroupFormProps {
  readonly edited: Edited<SecurityGroup>
  readonly onDone: () => void
  readonly onDelete: () => void
}

export function EditSecurityGroupForm({ edited, onDone, onDelete }: EditSecurityGroupFormProps) {
  const { base, latest } = edited
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const update = useUpdateSecurityGroup(workspace, base.id)
  const labels = useGroupLabels()
  const form = useKitForm({ schema: groupValues, defaultValues: valuesOf(base) })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const { save, conflict } = useConflict({
    edited: { ...edited, base: readable(base), latest: readable(latest) },
    isDirty,
    labels: { name: labels.name, rules: t('columns.rules') },
    queryKey: networkQueries.securityGroups(workspace).queryKey,
  })
  const submit = async (values: GroupValues) => {
    try {
      await save((version) => update.mutateAsync({ name: values.name, rules: rulesOf(values), version }))
    } catch (error) {
      throw withFieldPaths(error, (path) => fieldOf(path, values))
    }
    toast(t('group.saved'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('group.edit')}>
      {conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      <GroupFields />
      <FormBar
        submitLabel={t('save')}
        sticky={false}
        onCancel={onDone}
        fieldLabels={labels}
        extra={
          <Button variant="quiet" className="text-bad-text!" onClick={onDelete}>
            {t('delete')}
          </Button>
        }
      />
    </Form>
  )
}

/** Rules as lines, for the comparison with what someone else saved. */
function readable({ name, version, rules }: SecurityGroup) {
  const lines = rules.map(
    ({ direction, action, portFrom, portTo, cidr }) => `${direction} ${action} ${portFrom}-${portTo} ${cidr}`,
  )
  return { name, version, rules: lines }
}

function useGroupLabels() {
  const t = useTranslations('networks')
  return {
    name: t('columns.name'),
    inbound: t('group.directions.inbound'),
    outbound: t('group.directions.outbound'),
  }
}

function GroupFields() {
  const t = useTranslations('networks')
  return (
    <div className="flex flex-col gap-[22px]">
      <TextField<GroupValues> name="name" label={t('columns.name')} help={t('nameHelp')} mono />
      <RulesField direction="inbound" />
      <RulesField direction="outbound" />
    </div>
  )
}
