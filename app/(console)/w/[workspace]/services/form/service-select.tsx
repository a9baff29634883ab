'use client'

import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Combobox } from '@/components/ui/combobox.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { SourceCatalogue } from '@/lib/domain/source.ts'

interface ServiceSelectProps {
  readonly items: SourceCatalogue['services']
  /** Names of services made of it already, by `discoveredKey`. */
  readonly taken: ReadonlyMap<string, string>
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

/** A group and a name are one choice: together they say which service is meant. */
export function discoveredKey({
  name,
  group,
}: Pick<SourceCatalogue['services'][number], 'name' | 'group'>): string {
  return group === null ? name : `${group}@@${name}`
}

/** The registry's services, found by typing. */
export function ServiceSelect({ items, taken, value, onChange }: ServiceSelectProps) {
  const t = useTranslations('services.form')
  const help = items.length === 0 ? t('discoveredNone') : undefined
  const takenText = (key: string) => {
    const name = taken.get(key)
    return name === undefined ? null : t('discoveredTaken', { name })
  }
  const { id, field, error, attributes } = useField<ServiceFormValues>({ name: 'discovery.service', help })
  return (
    <FieldFrame id={id} label={t('discovered')} help={help} error={error}>
      <Combobox
        {...attributes}
        id={id}
        ref={field.ref}
        onBlur={field.onBlur}
        mono
        placeholder={t('discoveredChoose')}
        items={items.map((service) => ({
          value: discoveredKey(service),
          label: service.name,
          description: [
            takenText(discoveredKey(service)),
            service.group,
            service.ports.map(({ name, port }) => (name === null ? port : `${name} ${port}`)).join(', '),
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
        value={value}
        onValueChange={onChange}
      />
    </FieldFrame>
  )
}
