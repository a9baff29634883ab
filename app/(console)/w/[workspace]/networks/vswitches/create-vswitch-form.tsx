'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Delayed } from '@/components/page/delayed.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { networkQueries, useCreateVSwitch } from '@/lib/client/networks-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import type { CreateVSwitchInput, Vpc, VSwitch } from '@/lib/domain/network.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CidrField } from '../cidr-field.tsx'
import { firstPlace, freeBlockOf, vswitchValues } from './vswitch-place.ts'

interface CreateVSwitchFormProps {
  readonly vpcId: string | null
  readonly siblings: readonly VSwitch[]
  readonly onDone: () => void
}

export function CreateVSwitchForm(props: CreateVSwitchFormProps) {
  const { workspace } = useWorkspace()
  const { data: vpcs } = useQuery(networkQueries.vpcs(workspace))
  const { data: detail } = useQuery(workspaceQueries.detail(workspace))
  return (
    <Delayed loading={vpcs === undefined || detail === undefined} skeleton={<FieldsSkeleton fields={4} />}>
      {vpcs && detail ? <FilledForm {...props} vpcs={vpcs} places={detail.installation} /> : null}
    </Delayed>
  )
}

interface FilledFormProps extends CreateVSwitchFormProps {
  readonly vpcs: readonly Vpc[]
  readonly places: Workspace['installation']
}

function FilledForm({ vpcId, siblings, onDone, vpcs, places }: FilledFormProps) {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const create = useCreateVSwitch(workspace)
  const schema = useMemo(() => vswitchValues(vpcs, siblings), [vpcs, siblings])
  const start = firstPlace(vpcId, vpcs, siblings, places)
  const form = useKitForm({ schema, defaultValues: { ...start, name: '' } })
  const chosen = useWatch({ control: form.control, name: 'vpcId' })
  const free = freeBlockOf(chosen, vpcs, siblings)
  const labels = {
    vpcId: t('vpcLabel'),
    name: t('columns.name'),
    zone: t('columns.zone'),
    cidr: t('columns.block'),
  }
  const submit = async (values: CreateVSwitchInput) => {
    await create.mutateAsync(values)
    toast(t('vswitch.created'))
    onDone()
  }
  const follow = (next: string | null) => {
    if (form.getFieldState('cidr').isTouched) return
    form.setValue('cidr', freeBlockOf(next ?? '', vpcs, siblings) ?? '')
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('vswitch.createTitle')}>
      <div className="flex flex-col gap-[18px]">
        <SelectField
          name="vpcId"
          control={form.control}
          label={labels.vpcId}
          items={vpcs.map(({ id, name, cidrs }) => ({
            value: id,
            label: name,
            description: cidrs.join(', '),
          }))}
          onChanged={follow}
        />
        <TextField name="name" control={form.control} label={labels.name} help={t('nameHelp')} mono />
        <SelectField
          name="zone"
          control={form.control}
          label={labels.zone}
          mono
          help={t('vswitch.zoneHelp')}
          items={places.zones.map((zone) => ({
            value: zone,
            label: zone,
            description:
              places.gatewayZones?.includes(zone) === false ? t('vswitch.zoneUnsupported') : undefined,
          }))}
        />
        <CidrField
          name="cidr"
          label={labels.cidr}
          suggestion={free}
          help={free === null ? t('vswitch.full') : t('vswitch.blockHelp')}
        />
      </div>
      <FormBar submitLabel={t('vswitch.create')} sticky={false} onCancel={onDone} fieldLabels={labels} />
    </Form>
  )
}
