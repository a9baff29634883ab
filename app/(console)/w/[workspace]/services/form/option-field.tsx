'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Path } from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FieldFrame, FieldNote } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Combobox } from '@/components/ui/combobox.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Select } from '@/components/ui/select.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { wordsIn } from '@/lib/client/provider-form.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { ProviderOption } from '@/lib/domain/provider-manifest.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'
import type { ProviderChoice } from './use-provider-choice.ts'

interface OptionFieldProps {
  readonly option: ProviderOption
  readonly choice: ProviderChoice
}

/** A provider's extra, drawn from its manifest. */
export function OptionField(props: OptionFieldProps) {
  const { option, choice } = props
  const locale = useLocale()
  const help = option.help ? wordsIn(option.help, locale) : undefined
  const { id, field, error, attributes } = useField<ServiceFormValues>({
    name: `options.${option.name}` as Path<ServiceFormValues>,
    help,
  })
  const value = choice.options[option.name] ?? option.default ?? ''
  const label = wordsIn(option.label, locale)
  const change = (next: string) => choice.setOption(option.name, next)
  if (option.kind === 'switch') return <SwitchOption {...props} label={label} help={help} value={value} />
  const control = { ...attributes, id, ref: field.ref, onBlur: field.onBlur }
  return (
    <FieldFrame id={id} label={label} optional={!option.required && value === ''} help={help} error={error}>
      {option.kind === 'text' ? (
        <Input {...control} mono value={value} onChange={(event) => change(event.target.value)} />
      ) : null}
      {option.kind === 'select' ? (
        <Select
          {...control}
          aria-labelledby={`${id}-label`}
          items={option.choices.map((one) => ({ value: one.value, label: wordsIn(one.label, locale) }))}
          value={value === '' ? null : value}
          onValueChange={change}
        />
      ) : null}
      {option.kind === 'service' ? (
        <InferenceServiceSelect {...control} value={value} onChange={change} />
      ) : null}
    </FieldFrame>
  )
}

interface SwitchOptionProps extends OptionFieldProps {
  readonly label: string
  readonly help: string | undefined
  readonly value: string
}

function SwitchOption({ option, choice, label, help, value }: SwitchOptionProps) {
  const locale = useLocale()
  const { id, field, error, attributes } = useField<ServiceFormValues>({
    name: `options.${option.name}` as Path<ServiceFormValues>,
    help,
  })
  const on = value === 'true'
  return (
    <div className="max-w-[560px]">
      <label htmlFor={id} className="inline-flex items-center gap-2.5 text-control text-ink">
        <Switch
          {...attributes}
          id={id}
          aria-labelledby={`${id}-label`}
          inputRef={field.ref}
          checked={on}
          onCheckedChange={(checked) => choice.setOption(option.name, String(checked))}
          onBlur={field.onBlur}
        />
        <span id={`${id}-label`}>{label}</span>
      </label>
      <FieldNote id={id} help={help} error={error} />
      {on && option.warning ? (
        <div className="mt-2">
          <Callout tone="warn">{wordsIn(option.warning, locale)}</Callout>
        </div>
      ) : null}
    </div>
  )
}

interface InferenceServiceSelectProps {
  readonly id: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur: () => void
}

/** The workspace's own inference services, with where they are and whether they run. */
function InferenceServiceSelect({ value, onChange, ...control }: InferenceServiceSelectProps) {
  const t = useTranslations('services.form')
  const status = useTranslations('inference-services.status')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const list = useInfiniteQuery(inferenceServiceQueries.list(workspace, { limit: 200 })).data
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items
  const services = list?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Combobox
      {...control}
      placeholder={t(list && services.length === 0 ? 'inferenceNone' : 'inferenceChoose')}
      items={services.map((service) => ({
        value: service.id,
        label: service.name,
        description: [
          gatewayName(gateways?.find(({ id }) => id === service.gateway.id) ?? service.gateway),
          status(service.status.state),
        ].join(' · '),
      }))}
      value={value === '' ? null : value}
      onValueChange={(next) => onChange(next ?? '')}
    />
  )
}
