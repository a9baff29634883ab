'use client'

import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Callout } from '@/components/feedback/callout.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { useUpdateGateway } from '@/lib/client/gateways-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { gatewaySpec, managedNodesMax } from '@/lib/domain/gateway-capacity.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { type AlbNodes, AlbNodesFields, albNodes, useAlbNodesLabels } from '../alb-nodes-fields.tsx'
import { CapacityCalculator } from '../capacity-calculator.tsx'
import { useSizeText } from '../gateway-size.tsx'
import { SpecField } from '../spec-field.tsx'

interface ChangeSpecificationDialogProps {
  readonly gateway: Gateway
  readonly onClose: () => void
}

/** Other nodes for a gateway that goes on serving. */
export function ChangeSpecificationDialog({ gateway: latest, onClose }: ChangeSpecificationDialogProps) {
  const t = useTranslations('gateways')
  // As it was when the dialog opened: what others change meanwhile must not pass for what is being changed here.
  const [gateway] = useState(latest)
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={gateway.type === 'managed' ? t('changeSpecification') : t('changeNodes')}
      description={t('changeNote')}
    >
      {gateway.type === 'managed' ? (
        <ManagedSize gateway={gateway} onClose={onClose} />
      ) : (
        <AlbSize gateway={gateway} onClose={onClose} />
      )}
    </Dialog>
  )
}

const managedSize = z.object({
  spec: gatewaySpec,
  nodes: z.int().min(1, 'At least 1 node.').max(managedNodesMax, 'At most 20 nodes.'),
})
type ManagedSizeValues = z.infer<typeof managedSize>

function ManagedSize({ gateway, onClose }: ChangeSpecificationDialogProps) {
  const t = useTranslations('gateway-create')
  const changed = useTranslations('gateways')
  const sizeText = useSizeText()
  const save = useSave(gateway, onClose)
  const before: ManagedSizeValues = { spec: gateway.spec ?? '4c8g', nodes: gateway.nodes }
  const form = useKitForm({ schema: managedSize, defaultValues: before })
  const [spec, nodes] = useWatch({ control: form.control, name: ['spec', 'nodes'] })
  const isSame = spec === before.spec && nodes === before.nodes
  const labels = { spec: t('fields.spec'), nodes: t('fields.nodes') }
  return (
    <Form form={form} onSubmit={save} guard={false} aria-label={changed('changeSpecification')}>
      <div className="flex flex-col gap-[18px]">
        <SpecField
          wide
          label={labels.spec}
          value={spec}
          onValueChange={(next) => form.setValue('spec', next, { shouldDirty: true })}
        />
        <div className="flex flex-wrap items-end justify-between gap-3">
          <NumberField
            name="nodes"
            control={form.control}
            label={labels.nodes}
            min={1}
            max={managedNodesMax}
          />
          <CapacityCalculator
            onTake={(plan) => {
              form.setValue('spec', plan.spec, { shouldDirty: true })
              form.setValue('nodes', plan.nodes, { shouldDirty: true })
            }}
          />
        </div>
        {nodes === 1 ? <Callout tone="warn">{t('oneNode')}</Callout> : null}
        <p role="status" className="text-control text-ink">
          {sizeText(before.spec, before.nodes)}{' '}
          {isSame ? (
            <span className="text-ink-3">{changed('changeSame')}</span>
          ) : (
            <>
              <span aria-hidden="true">→</span>{' '}
              <ins className="bg-accent-tint px-1 no-underline">{sizeText(spec, nodes)}</ins>
            </>
          )}
        </p>
      </div>
      <FormBar submitLabel={changed('changeSubmit')} sticky={false} onCancel={onClose} fieldLabels={labels} />
    </Form>
  )
}

function AlbSize({ gateway, onClose }: ChangeSpecificationDialogProps) {
  const changed = useTranslations('gateways')
  const save = useSave(gateway, onClose)
  const form = useKitForm({
    schema: albNodes,
    defaultValues: { nodes: gateway.nodes, nodesMax: gateway.nodesMax },
  })
  const labels = useAlbNodesLabels()
  return (
    <Form form={form} onSubmit={save} guard={false} aria-label={changed('changeNodes')}>
      <AlbNodesFields />
      <FormBar submitLabel={changed('changeSubmit')} sticky={false} onCancel={onClose} fieldLabels={labels} />
    </Form>
  )
}

/** Over the version that the dialog was opened with. */
function useSave(gateway: Gateway, onClose: () => void) {
  const t = useTranslations('gateways')
  const { workspace } = useWorkspace()
  const update = useUpdateGateway(workspace, gateway.id)
  return async (size: ManagedSizeValues | AlbNodes) => {
    await update.mutateAsync({ ...size, version: gateway.version })
    toast(t('changeStarted'))
    onClose()
  }
}
