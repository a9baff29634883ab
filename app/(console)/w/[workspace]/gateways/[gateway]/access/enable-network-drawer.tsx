'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { Input } from '@/components/ui/input.tsx'
import { gatewayAccessQueries, useAddVpc, useSetInternet } from '@/lib/client/gateway-access-queries.ts'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import { firstVSwitches, zonesOf } from '@/lib/client/vswitch-choice.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { addVpcInput } from '@/lib/domain/gateway-network.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VpcField } from './vpc-field.tsx'
import { VSwitchesField } from './vswitches-field.tsx'

const networkValues = z.object({
  vpcId: z.string().min(1),
  vswitchIds: addVpcInput.shape.vswitchIds,
  confirmed: z.boolean().refine((confirmed) => confirmed, 'Confirm that nodes start.'),
})
type NetworkValues = z.infer<typeof networkValues>

interface EnableNetworkDrawerProps {
  readonly gateway: Gateway
  readonly side: 'internet' | 'vpc'
  readonly onClose: () => void
}

/** Enables one side of an ALB gateway. The second side stands in the VPC of the first. */
export function EnableNetworkDrawer({ gateway, side, onClose }: EnableNetworkDrawerProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const links = useQuery(gatewayAccessQueries.vpcs(workspace, gateway.id)).data
  const other = side === 'vpc' ? gateway.internet.vpcId : (links?.[0]?.vpc.id ?? null)
  const locked = side === 'vpc' && !gateway.internet.enabled ? null : other
  const vswitches = useQuery({
    ...networkQueries.vswitches(workspace, locked ?? ''),
    enabled: locked !== null,
  }).data
  const ready = links !== undefined && (locked === null || vswitches !== undefined)
  return (
    <Drawer open onOpenChange={onClose} title={side === 'vpc' ? t('addVpc') : t('enablePublic')}>
      {ready ? (
        <NetworkForm
          gateway={gateway}
          side={side}
          locked={locked}
          atFirst={firstVSwitches(zonesOf(vswitches ?? []))}
          onDone={onClose}
        />
      ) : (
        <FieldsSkeleton />
      )}
    </Drawer>
  )
}

interface NetworkFormProps {
  readonly gateway: Gateway
  readonly side: 'internet' | 'vpc'
  /** The VPC of the other side. */
  readonly locked: string | null
  readonly atFirst: string[]
  readonly onDone: () => void
}

function NetworkForm({ gateway, side, locked, atFirst, onDone }: NetworkFormProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const setInternet = useSetInternet(workspace, gateway.id)
  const addVpc = useAddVpc(workspace, gateway.id)
  const form = useKitForm({
    schema: networkValues,
    defaultValues: { vpcId: locked ?? '', vswitchIds: atFirst, confirmed: false },
  })
  const vpcId = useWatch({ control: form.control, name: 'vpcId' })
  const labels = { vpcId: 'VPC', vswitchIds: t('columns.vswitches'), confirmed: t('confirmation') }
  const submit = async ({ vpcId: chosen, vswitchIds }: NetworkValues) => {
    if (side === 'internet') await setInternet.mutateAsync({ enabled: true, vpcId: chosen, vswitchIds })
    else await addVpc.mutateAsync({ vpcId: chosen, vswitchIds })
    toast(side === 'internet' ? t('publicEnabled') : t('vpcAdded'))
    onDone()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={side === 'vpc' ? t('addVpc') : t('enablePublic')}>
      <div className="flex flex-col gap-[18px]">
        {locked === null ? (
          <VpcField label={labels.vpcId} taken={new Set()} />
        ) : (
          <LockedVpc vpcId={locked} side={side} />
        )}
        {vpcId === '' ? null : <VSwitchesField label={labels.vswitchIds} vpcId={vpcId} />}
        <SwitchField
          name="confirmed"
          control={form.control}
          look="checkbox"
          label={t('confirmStart', { nodes: gateway.nodes })}
        />
      </div>
      <FormBar
        submitLabel={side === 'vpc' ? t('addVpc') : t('enablePublic')}
        sticky={false}
        onCancel={onDone}
        fieldLabels={labels}
      />
    </Form>
  )
}

function LockedVpc({ vpcId, side }: { readonly vpcId: string; readonly side: 'internet' | 'vpc' }) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const name = useQuery(networkQueries.vpcs(workspace)).data?.find(({ id }) => id === vpcId)?.name ?? vpcId
  return (
    <FieldFrame
      id="locked-vpc"
      label="VPC"
      help={side === 'vpc' ? t('lockedByInternet', { name }) : t('lockedByVpc', { name })}
    >
      <Input id="locked-vpc" aria-describedby="locked-vpc-note" readOnly value={name} />
    </FieldFrame>
  )
}
