'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { KitForm } from '@/components/form/use-kit-form.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { type SourceFormValues, sourceFieldPath } from '@/lib/client/source-form.ts'
import { type Source, sourceTypes } from '@/lib/domain/source.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { KubernetesFields } from './kubernetes-fields.tsx'
import { NacosFields } from './nacos-fields.tsx'
import { SourceCheckPanel } from './source-check-panel.tsx'
import { useQuotaText } from './source-quota.tsx'

interface SourceFormProps {
  readonly form: KitForm<SourceFormValues, SourceFormValues>
  /** Being edited; null: a new one. */
  readonly source: Source | null
  readonly fixedType: boolean
  readonly title: string
  readonly submitLabel: string
  readonly onSave: (values: SourceFormValues) => Promise<void>
  readonly onCancel: () => void
  readonly remark?: ReactNode
  readonly extra?: ReactNode
}

/** A registry: what it is, how it is asked, and a try that says what it answers. */
export function SourceForm(props: SourceFormProps) {
  const { form, source, fixedType, onSave, onCancel } = props
  const t = useTranslations('sources')
  const type = useWatch({ control: form.control, name: 'type' })
  const submit = async (values: SourceFormValues) => {
    try {
      await onSave(values)
    } catch (error) {
      throw withFieldPaths(error, sourceFieldPath)
    }
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={props.title}>
      {props.remark}
      <div className="flex flex-col gap-[18px]">
        {source ? null : <GatewayField />}
        {fixedType ? null : <TypeField />}
        <TextField<SourceFormValues> name="name" label={t('columns.name')} help={t('nameHelp')} mono />
        {type === 'nacos' ? (
          <NacosFields hasPassword={source?.nacos?.hasPassword ?? false} />
        ) : (
          <KubernetesFields stored={source?.kubernetes?.connection.kind ?? null} />
        )}
        <SourceCheckPanel sourceId={source?.id ?? null} />
      </div>
      <FormBar
        submitLabel={props.submitLabel}
        sticky={false}
        onCancel={onCancel}
        fieldLabels={useSourceLabels()}
        extra={props.extra}
      />
    </Form>
  )
}

function useSourceLabels() {
  const t = useTranslations('sources')
  return {
    name: t('columns.name'),
    gatewayId: t('columns.gateway'),
    type: t('columns.type'),
    kubeconfig: t('kubeconfig'),
    context: t('context'),
    url: t('url'),
    ca: t('ca'),
    token: t('token'),
    hiddenNamespaces: t('hidden'),
    servers: t('servers'),
    namespace: t('namespace'),
    groups: t('groups'),
    username: t('username'),
    password: t('password'),
  }
}

function GatewayField() {
  const t = useTranslations('sources')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items ?? []
  return (
    <SelectField<SourceFormValues>
      name="gatewayId"
      label={t('columns.gateway')}
      help={t('gatewayHelp')}
      items={gateways.map((gateway) => ({ value: gateway.id, label: gatewayName(gateway) }))}
    />
  )
}

/** What the gateway has too many of already stays visible and says so. */
function TypeField() {
  const t = useTranslations('sources')
  const gatewayId = useWatch<SourceFormValues, 'gatewayId'>({ name: 'gatewayId' })
  const quota = useQuotaText(gatewayId)
  return (
    <RadioCardsField<SourceFormValues>
      name="type"
      label={t('columns.type')}
      columns={3}
      items={sourceTypes.map((value) => {
        const used = quota?.[value === 'nacos' ? 'nacos' : 'kubernetes']
        return {
          value,
          title: t(`types.${value}`),
          description: used?.text,
          disabledReason: used?.full ? t('full', { used: used.text }) : undefined,
        }
      })}
    />
  )
}
