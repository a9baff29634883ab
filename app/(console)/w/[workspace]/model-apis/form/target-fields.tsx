'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Combobox } from '@/components/ui/combobox.tsx'
import { CreatableCombobox } from '@/components/ui/creatable-combobox.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { useServiceItems } from './use-service-items.ts'

interface TargetFieldsProps {
  /** Where the target stands in the form: `rules.1.target`. */
  readonly path: string
  /** What this target is for, where a page has many: "Code". */
  readonly of?: string | undefined
  /** Callers name none: it has to be named here. */
  readonly modelNeeded?: boolean
}

/** A service and the model that it is asked for. */
export function TargetFields({ path, of, modelNeeded }: TargetFieldsProps) {
  return (
    <div className="flex min-w-0 flex-1 basis-[420px] flex-wrap items-start gap-x-4 gap-y-2">
      <ServiceField path={path} of={of} />
      <ModelField path={path} of={of} modelNeeded={modelNeeded ?? false} />
    </div>
  )
}

function ServiceField({ path, of }: TargetFieldsProps) {
  const t = useTranslations('model-apis.form')
  const { items, isKnown } = useServiceItems()
  const { id, field, error, attributes } = useField<ModelApiFormValues>({
    name: `${path}.serviceId` as 'single.serviceId',
  })
  const label = t('service')
  const chosen = typeof field.value === 'string' ? field.value : ''
  const gone = chosen !== '' && isKnown && !items.some(({ value }) => value === chosen)
  return (
    <FieldFrame id={id} label={label} error={error} className="min-w-0 flex-1 basis-[200px]">
      <Combobox
        {...attributes}
        {...(of === undefined ? {} : { 'aria-label': t('of', { label, of }) })}
        id={id}
        ref={field.ref}
        onBlur={field.onBlur}
        placeholder={t('serviceChoose')}
        items={gone ? [...items, { value: chosen, label: t('serviceGone', { id: chosen }) }] : items}
        value={chosen === '' ? null : chosen}
        onValueChange={(next) => field.onChange(next ?? '')}
      />
    </FieldFrame>
  )
}

function ModelField({ path, of, modelNeeded }: TargetFieldsProps) {
  const t = useTranslations('model-apis.form')
  const { services } = useServiceItems()
  const serviceId = useWatch<ModelApiFormValues>({ name: `${path}.serviceId` as 'single.serviceId' })
  const { id, field, error, attributes } = useField<ModelApiFormValues>({
    name: `${path}.model` as 'single.model',
  })
  const label = t('model')
  const models = services.find((service) => service.id === serviceId)?.models ?? []
  return (
    <FieldFrame id={id} label={label} error={error} className="min-w-0 flex-1 basis-[180px]">
      <CreatableCombobox
        {...attributes}
        {...(of === undefined ? {} : { 'aria-label': t('of', { label, of }) })}
        id={id}
        ref={field.ref}
        onBlur={field.onBlur}
        placeholder={modelNeeded ? undefined : t('modelPassed')}
        items={models}
        value={typeof field.value === 'string' ? field.value : ''}
        onValueChange={field.onChange}
      />
    </FieldFrame>
  )
}
