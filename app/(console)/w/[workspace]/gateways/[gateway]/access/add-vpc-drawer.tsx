'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Drawer } from '@/components/ui/drawer.tsx'
import { useAddVpc } from '@/lib/client/gateway-access-queries.ts'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { addVpcInput, type GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { splitBlocks, whitelistInput } from '@/lib/domain/whitelist.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { DnsField } from './dns-field.tsx'
import { ForeignVpcFields } from './foreign-vpc-fields.tsx'
import { VpcField } from './vpc-field.tsx'
import { VSwitchesField } from './vswitches-field.tsx'

const vpcValues = z
  .object({
    owner: z.enum(['own', 'other']),
    vpcId: z.string().trim().min(1),
    vswitchIds: addVpcInput.shape.vswitchIds,
    authoritativeDns: z.boolean(),
    everybody: z.boolean(),
    whitelist: z.string(),
  })
  .superRefine((values, context) => {
    if (values.everybody) return
    const blocks = whitelistInput.safeParse(splitBlocks(values.whitelist).map((cidr) => ({ cidr })))
    const [issue] = blocks.error?.issues ?? []
    if (issue) context.addIssue({ code: 'custom', path: ['whitelist'], message: issue.message })
  })
type VpcValues = z.infer<typeof vpcValues>

const atFirst: VpcValues = {
  owner: 'own',
  vpcId: '',
  vswitchIds: [],
  authoritativeDns: false,
  everybody: true,
  whitelist: '',
}

interface AddVpcDrawerProps {
  readonly gateway: Gateway
  readonly links: readonly GatewayVpcLink[]
  readonly onClose: () => void
}

/** Lets the callers of one more VPC in: of this workspace, or of another one that agrees. */
export function AddVpcDrawer({ gateway, links, onClose }: AddVpcDrawerProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const add = useAddVpc(workspace, gateway.id)
  const form = useKitForm({ schema: vpcValues, defaultValues: atFirst })
  const { control } = form
  const [owner, vpcId] = useWatch({ control, name: ['owner', 'vpcId'] })
  const labels = {
    owner: t('owner'),
    vpcId: owner === 'own' ? 'VPC' : t('vpcId'),
    vswitchIds: owner === 'own' ? t('columns.vswitches') : t('vswitchIds'),
    authoritativeDns: t('authoritativeDns'),
    whitelist: t('whitelist'),
  }
  const submit = async (values: VpcValues) => {
    await add.mutateAsync({
      vpcId: values.vpcId,
      vswitchIds: values.vswitchIds,
      authoritativeDns: values.authoritativeDns,
      whitelist: values.everybody ? null : splitBlocks(values.whitelist),
    })
    toast(values.owner === 'own' ? t('vpcAdded') : t('vpcAsked'))
    onClose()
  }
  const forgetChoice = () => {
    form.setValue('vpcId', '')
    form.setValue('vswitchIds', [])
  }
  return (
    <Drawer open onOpenChange={onClose} title={t('addVpc')}>
      <Form form={form} onSubmit={submit} aria-label={t('addVpc')}>
        <div className="flex flex-col gap-[18px]">
          <OwnerField label={labels.owner} onOwner={forgetChoice} />
          {owner === 'own' ? (
            <>
              <VpcField label={labels.vpcId} taken={new Set(links.map(({ vpc }) => vpc.id))} />
              {vpcId === '' ? null : <VSwitchesField label={labels.vswitchIds} vpcId={vpcId} />}
            </>
          ) : (
            <ForeignVpcFields gateway={gateway} />
          )}
          <DnsField label={labels.authoritativeDns} others={links} />
          <WhitelistFields label={labels.whitelist} />
        </div>
        <FormBar
          submitLabel={owner === 'own' ? t('addVpc') : t('askVpc')}
          sticky={false}
          onCancel={onClose}
          fieldLabels={labels}
        />
      </Form>
    </Drawer>
  )
}

function OwnerField({ label, onOwner }: { readonly label: string; readonly onOwner: () => void }) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const allowed = useQuery(workspaceQueries.detail(workspace)).data?.installation.crossWorkspaceVpc ?? false
  return (
    // A change of owner makes the VPC chosen before meaningless.
    <div onChange={onOwner}>
      <RadioCardsField<VpcValues>
        name="owner"
        label={label}
        items={[
          { value: 'own', title: t('ownWorkspace') },
          {
            value: 'other',
            title: t('otherWorkspace'),
            description: t('otherWorkspaceText'),
            disabledReason: allowed ? undefined : t('otherNotAllowed'),
          },
        ]}
      />
    </div>
  )
}

function WhitelistFields({ label }: { readonly label: string }) {
  const t = useTranslations('gateway-access')
  const everybody = useWatch<VpcValues, 'everybody'>({ name: 'everybody' })
  return (
    <>
      <SwitchField<VpcValues> name="everybody" label={t('everybodyInside')} help={t('everybodyInsideHelp')} />
      {everybody ? null : (
        <TextField<VpcValues>
          name="whitelist"
          label={label}
          help={t('separate')}
          placeholder="10.0.0.0/16"
          multiline
          mono
        />
      )}
    </>
  )
}
