'use client'

import { useRouter } from 'next/navigation'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Callout } from '@/components/feedback/callout.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useCrumbs } from '@/components/shell/shell-context.tsx'
import { useCreateGateway } from '@/lib/client/gateways-queries.ts'
import { gatewaySpec, managedNodesMax } from '@/lib/domain/gateway-capacity.ts'
import { objectName } from '@/lib/domain/network.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CapacityCalculator } from '../capacity-calculator.tsx'
import { SpecField } from '../spec-field.tsx'
import { OrderSummary } from './order-summary.tsx'

const managedValues = z.object({
  name: objectName,
  spec: gatewaySpec,
  nodes: z.int().min(1, 'At least 1 node.').max(managedNodesMax, 'At most 20 nodes.'),
  billing: z.enum(['pay-as-you-go', 'subscription']),
  billingMonths: z.int().min(1).max(36),
  isDefault: z.boolean(),
})
type ManagedValues = z.infer<typeof managedValues>

const atFirst: ManagedValues = {
  name: '',
  spec: '4c8g',
  nodes: 2,
  billing: 'pay-as-you-go',
  billingMonths: 12,
  isDefault: false,
}

/** Creates a fully managed dedicated gateway, which starts at once. */
export function NewGatewayPage() {
  const t = useTranslations('gateway-create')
  const { workspace } = useWorkspace()
  const router = useRouter()
  const create = useCreateGateway(workspace)
  useCrumbs([{ label: t('managedTitle') }])
  const form = useKitForm({ schema: managedValues, defaultValues: atFirst })
  const { control } = form
  const values = useWatch({ control }) as ManagedValues
  const labels = {
    name: t('fields.name'),
    spec: t('fields.spec'),
    nodes: t('fields.nodes'),
    billing: t('fields.billing'),
    billingMonths: t('fields.billingMonths'),
  }
  const submit = async (given: ManagedValues) => {
    const billingMonths = given.billing === 'subscription' ? given.billingMonths : null
    const created = await create.mutateAsync({ type: 'managed', ...given, billingMonths })
    toast(t('created'))
    router.push(`/w/${workspace}/gateways/${created.id}`)
  }
  return (
    <PageBody layout="form">
      <PageHeader title={t('managedTitle')} />
      <Form form={form} onSubmit={submit} aria-label={t('managedTitle')}>
        <div className="gap-x-8 min-[1320px]:grid min-[1320px]:grid-cols-[minmax(0,1fr)_220px]">
          <div className="min-w-0">
            <FormSection title={t('sections.basic')}>
              <TextField
                name="name"
                control={control}
                label={labels.name}
                placeholder="edge-managed-01"
                mono
              />
              <SwitchField
                name="isDefault"
                control={control}
                look="checkbox"
                label={t('fields.isDefault')}
                help={t('isDefaultHelp')}
              />
            </FormSection>
            <FormSection
              title={t('sections.size')}
              note={
                <CapacityCalculator
                  onTake={({ spec, nodes }) => {
                    form.setValue('spec', spec, { shouldDirty: true })
                    form.setValue('nodes', nodes, { shouldDirty: true, shouldValidate: true })
                  }}
                />
              }
            >
              <SpecField
                label={labels.spec}
                value={values.spec}
                onValueChange={(spec) => form.setValue('spec', spec, { shouldDirty: true })}
              />
              <NumberField
                name="nodes"
                control={control}
                label={labels.nodes}
                min={1}
                max={managedNodesMax}
                help={t('nodesHelp')}
              />
              {values.nodes === 1 ? <Callout tone="warn">{t('oneNode')}</Callout> : null}
            </FormSection>
            <FormSection title={t('sections.billing')} note={t('billingNote')}>
              <RadioCardsField
                name="billing"
                control={control}
                label={labels.billing}
                items={[
                  { value: 'pay-as-you-go', title: t('billing.pay-as-you-go') },
                  { value: 'subscription', title: t('billing.subscription') },
                ]}
              />
              {values.billing === 'subscription' ? (
                <NumberField
                  name="billingMonths"
                  control={control}
                  label={labels.billingMonths}
                  unit={t('months')}
                  min={1}
                  max={36}
                />
              ) : null}
            </FormSection>
          </div>
          <OrderSummary values={values} />
        </div>
        <FormBar
          submitLabel={t('submitManaged')}
          cancelHref={`/w/${workspace}/gateways`}
          fieldLabels={labels}
        />
      </Form>
    </PageBody>
  )
}
