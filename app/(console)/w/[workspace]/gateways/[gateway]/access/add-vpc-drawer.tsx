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
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { splitBlocks, whitelistInput } from '@/lib/domain/whitelist.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VpcField } from './vpc-field.tsx'
import { VSwitchesField } from './vswitches-field.tsx'

const vpcValues = z
  .object({
    owner: z.enum(['own', 'other']),
    vpcId: z.string().trim().min(1),
    vswitchIds: z.array(z.string()),
    /** Of another workspace: their ids are told by its people. */
    vswitchText: z.string(),
    authoritativeDns: z.boolean(),
    everybody: z.boolean(),
    whitelist: z.string(),
  })
  .superRefine((values, context) => {
    if (vswitchesOf(values).length === 0) {
      const path = values.owner === 'own' ? 'vswitchIds' : 'vswitchText'
      context.addIssue({ code: 'custom', path: [path], message: 'Choose at least one vSwitch.' })
    }
    if (values.everybody) return
    const blocks = whitelistInput.safeParse(splitBlocks(values.whitelist).map((cidr) => ({ cidr })))
    const [issue] = blocks.error?.issues ?? []
    if (issue) context.addIssue({ code: 'custom', path: ['whitelist'], message: issue.message })
  })
type VpcValues = z.infer<typeof vpcValues>

function vswitchesOf({ owner, vswitchIds, vswitchText }: VpcValues): string[] {
  return owner === 'own' ? vswitchIds : splitBlocks(vswitchText)
}

const atFirst: VpcValues = {
  owner: 'own',
  vpcId: '',
  vswitchIds: [],
  vswitchText: '',
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
    vpcId: 'VPC',
    vswitchIds: t('columns.vswitches'),
    vswitchText: t('columns.vswitches'),
    authoritativeDns: t('authoritativeDns'),
    whitelist: t('whitelist'),
  }
  const submit = async (values: VpcValues) => {
    await add.mutateAsync({
      vpcId: values.vpcId,
      vswitchIds: vswitchesOf(values),
      authoritativeDns: values.authoritativeDns,
      whitelist: values.everybody ? null : splitBlocks(values.whitelist),
    })
    toast(values.owner === 'own' ? t('vpcAdded') : t('vpcAsked'))
    onClose()
  }
  return (
    <Drawer open onOpenChange={onClose} title={t('addVpc')}>
      <Form form={form} onSubmit={submit} aria-label={t('addVpc')}>
        <div className="flex flex-col gap-[18px]">
          <OwnerField label={labels.owner} onOwner={() => form.setValue('vpcId', '')} />
          {owner === 'own' ? (
            <>
              <VpcField label={labels.vpcId} taken={new Set(links.map(({ vpc }) => vpc.id))} />
              {vpcId === '' ? null : <VSwitchesField label={labels.vswitchIds} vpcId={vpcId} />}
            </>
          ) : (
            <>
              <TextField
                name="vpcId"
                control={control}
                label={t('vpcId')}
                help={t('vpcIdHelp')}
                placeholder="vpc_…"
                mono
              />
              <TextField
                name="vswitchText"
                control={control}
                label={t('vswitchIds')}
                help={t('vswitchIdsHelp')}
                placeholder="vsw_…"
                multiline
                mono
              />
            </>
          )}
          <DnsField label={labels.authoritativeDns} links={links} />
          <WhitelistFields label={labels.whitelist} />
        </div>
        <FormBar submitLabel={t('addVpc')} sticky={false} onCancel={onClose} fieldLabels={labels} />
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

interface DnsFieldProps {
  readonly label: string
  readonly links: readonly GatewayVpcLink[]
}

/** One VPC of a gateway at most has it: the one that has it now is named. */
function DnsField({ label, links }: DnsFieldProps) {
  const t = useTranslations('gateway-access')
  const holder = links.find(({ authoritativeDns }) => authoritativeDns)
  return (
    <SwitchField<VpcValues>
      name="authoritativeDns"
      label={label}
      disabled={holder !== undefined}
      help={holder === undefined ? t('dnsHelp') : t('dnsHeld', { name: holder.vpc.name })}
    />
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
