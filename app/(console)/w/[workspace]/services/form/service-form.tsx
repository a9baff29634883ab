'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import type { KitForm } from '@/components/form/use-kit-form.ts'
import { serviceFieldPath } from '@/lib/client/service-form-schema.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { ServiceSource, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { TestDraftPanel } from '../test/test-draft-panel.tsx'
import { AddressFields } from './address-fields.tsx'
import { BasicFields } from './basic-fields.tsx'
import { DiscoveryFields } from './discovery-fields.tsx'
import { FunctionFields } from './function-fields.tsx'
import { ProviderFields } from './provider-fields.tsx'
import { useFormLabels } from './use-form-labels.ts'

interface ServiceFormProps {
  readonly form: KitForm<ServiceFormValues, ServiceFormValues>
  readonly source: ServiceSource
  readonly manifests: readonly ProviderManifest[]
  /** Being edited; null: a new one. */
  readonly service: UpstreamService | null
  readonly title: string
  readonly submitLabel: string
  readonly cancelHref: string
  readonly onSource: ((source: 'dns' | 'fixed') => void) | null
  readonly onSave: (values: ServiceFormValues) => Promise<void>
  /** Under the title, such as what someone else saved meanwhile. */
  readonly remark?: ReactNode
  readonly header: ReactNode
}

/** A service of any source: what it is, where it is, how it is reached, and a try before it is saved. */
export function ServiceForm(props: ServiceFormProps) {
  const { form, source, manifests, service, onSave } = props
  const t = useTranslations('services.form')
  const labels = useFormLabels()
  const submit = async (values: ServiceFormValues) => {
    try {
      await onSave(values)
    } catch (error) {
      throw withFieldPaths(error, (path) => serviceFieldPath(path, values, manifests))
    }
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={props.title}>
      {props.header}
      {props.remark ? <div className="pb-4">{props.remark}</div> : null}
      <div className="border-t border-line">
        <BasicFields service={service} source={source} />
        <SourceFields {...props} />
        <FormSection title={t('more')}>
          <SecondsField<ServiceFormValues>
            name="requestTimeoutMs"
            label={t('timeout')}
            help={t('timeoutHelp')}
            min={1}
            max={3600}
          />
        </FormSection>
        <TestDraftPanel manifests={manifests} serviceId={service?.id ?? null} source={source} />
      </div>
      <FormBar submitLabel={props.submitLabel} cancelHref={props.cancelHref} fieldLabels={labels} />
    </Form>
  )
}

function SourceFields({ source, manifests, service, onSource }: ServiceFormProps) {
  switch (source) {
    case 'ai':
    case 'agent':
      return (
        <ProviderFields
          kind={source === 'ai' ? 'model' : 'agent'}
          manifests={manifests}
          serviceId={service?.id ?? null}
        />
      )
    case 'dns':
    case 'fixed':
      return <AddressFields source={source} onSource={onSource} />
    case 'function-compute':
      return <FunctionFields />
    default:
      return <DiscoveryFields source={source} stays={service !== null} />
  }
}
