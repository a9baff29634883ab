'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { useCreateGateway } from '@/lib/client/gateways-queries.ts'
import { objectName } from '@/lib/domain/network.ts'
import { useWorkspace } from '../use-workspace.ts'
import { AlbNodesFields, albNodes, useAlbNodesLabels } from './alb-nodes-fields.tsx'

const albValues = albNodes.safeExtend({ name: objectName, isDefault: z.boolean() })
type AlbValues = z.infer<typeof albValues>

/** A name and bounds: a logical configuration until a network is enabled. */
export function CreateAlbDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('gateway-create')
  const { workspace } = useWorkspace()
  const router = useRouter()
  const create = useCreateGateway(workspace)
  const form = useKitForm({
    schema: albValues,
    defaultValues: { name: '', isDefault: false, nodes: 1, nodesMax: 4 },
  })
  const labels = {
    name: t('fields.name'),
    isDefault: t('fields.isDefault'),
    ...useAlbNodesLabels(),
  }
  const submit = async (values: AlbValues) => {
    const created = await create.mutateAsync({ type: 'alb', ...values })
    toast(t('created'))
    router.push(`/w/${workspace}/gateways/${created.id}`)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('albTitle')}
    >
      <Form form={form} onSubmit={submit} guard={false} aria-label={t('albTitle')}>
        <div className="flex flex-col gap-[18px]">
          <TextField name="name" control={form.control} label={labels.name} placeholder="edge-alb-01" mono />
          <AlbNodesFields />
          <SwitchField
            name="isDefault"
            control={form.control}
            look="checkbox"
            label={labels.isDefault}
            help={t('isDefaultHelp')}
          />
          <p className="text-control text-ink-2">{t('albFree')}</p>
        </div>
        <FormBar submitLabel={t('submit')} sticky={false} onCancel={onClose} fieldLabels={labels} />
      </Form>
    </Dialog>
  )
}
