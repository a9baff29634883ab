'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Callout } from '@/components/feedback/callout.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Drawer } from '@/components/ui/drawer.tsx'
import { useUpdateVpcLink } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { addVpcInput, type GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { DnsField } from './dns-field.tsx'
import { ForeignVSwitchesField } from './foreign-vswitches-field.tsx'
import { VSwitchesField } from './vswitches-field.tsx'

const linkValues = z.object({ vswitchIds: addVpcInput.shape.vswitchIds, authoritativeDns: z.boolean() })
type LinkValues = z.infer<typeof linkValues>

/** Whose vSwitches can be chosen: `own` by name, `foreign` by id; `hidden` until the other workspace agrees. */
type Ownership = 'own' | 'foreign' | 'hidden'

interface EditVpcDrawerProps {
  readonly gateway: Gateway
  readonly link: GatewayVpcLink
  readonly links: readonly GatewayVpcLink[]
  readonly onClose: () => void
}

/** Other vSwitches and DNS for a VPC that the gateway has. */
export function EditVpcDrawer({ gateway, link: latest, links, onClose }: EditVpcDrawerProps) {
  const t = useTranslations('gateway-access')
  // As it was when the drawer opened, so that input is kept, and a change of somebody else refused to be lost.
  const [link] = useState(latest)
  return (
    <Drawer open onOpenChange={onClose} title={t('editVpcTitle', { name: link.vpc.name })}>
      <LinkForm gateway={gateway} link={link} links={links} onClose={onClose} />
    </Drawer>
  )
}

function LinkForm({ gateway, link, links, onClose }: EditVpcDrawerProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const update = useUpdateVpcLink(workspace, gateway.id)
  const ownership = ownershipOf(link)
  const form = useKitForm({
    // Of a VPC that is not to be seen, the vSwitches are not told, and stay.
    schema: ownership === 'hidden' ? linkValues.extend({ vswitchIds: z.array(z.string()) }) : linkValues,
    defaultValues: {
      vswitchIds: link.vswitches.map(({ id }) => id),
      authoritativeDns: link.authoritativeDns,
    },
  })
  const labels = {
    vswitchIds: ownership === 'own' ? t('columns.vswitches') : t('vswitchIds'),
    authoritativeDns: t('authoritativeDns'),
  }
  const submit = async (values: LinkValues) => {
    await update.mutateAsync({
      link: link.id,
      version: link.version,
      ...(ownership === 'hidden' ? {} : { vswitchIds: values.vswitchIds }),
      ...(gateway.type === 'managed' ? { authoritativeDns: values.authoritativeDns } : {}),
    })
    toast(t('vpcChanged'))
    onClose()
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('editVpcTitle', { name: link.vpc.name })}>
      <div className="flex flex-col gap-[18px]">
        {ownership === 'own' ? <VSwitchesField label={labels.vswitchIds} vpcId={link.vpc.id} /> : null}
        {ownership === 'foreign' ? <ForeignVSwitchesField label={labels.vswitchIds} /> : null}
        {ownership === 'hidden' ? (
          <Callout tone="info">{t('vswitchesHidden', { workspace: link.vpc.workspace ?? '' })}</Callout>
        ) : null}
        {gateway.type === 'managed' ? (
          <DnsField label={labels.authoritativeDns} others={links.filter(({ id }) => id !== link.id)} />
        ) : null}
      </div>
      <FormBar submitLabel={t('saveVpc')} sticky={false} onCancel={onClose} fieldLabels={labels} />
    </Form>
  )
}

function ownershipOf({ vpc, consent }: GatewayVpcLink): Ownership {
  if (vpc.workspace === null) return 'own'
  return consent === 'granted' ? 'foreign' : 'hidden'
}
