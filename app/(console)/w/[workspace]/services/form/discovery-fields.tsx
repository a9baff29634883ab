'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { Button } from '@/components/ui/button.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import type { SourceType } from '@/lib/domain/source.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CreateSourceDrawer } from '../sources/create-source-drawer.tsx'
import { useServicesRefusal } from '../use-services-refusal.ts'
import { CatalogueFields } from './catalogue-fields.tsx'
import { ReachFields } from './reach-fields.tsx'

interface DiscoveryFieldsProps {
  readonly source: SourceType
  readonly stays: boolean
}

/** What a registry knows: the registry, then what is in it. */
export function DiscoveryFields({ source, stays }: DiscoveryFieldsProps) {
  const t = useTranslations('services.form')
  const sourceId = useWatch<ServiceFormValues, 'discovery.sourceId'>({ name: 'discovery.sourceId' })
  return (
    <>
      <FormSection title={t('discovery')} note={t(`discoveryNote.${source}`)}>
        <SourceField source={source} />
        {sourceId === '' ? null : (
          <CatalogueFields key={sourceId} source={source} sourceId={sourceId} namesService={!stays} />
        )}
      </FormSection>
      <ReachFields />
    </>
  )
}

/** Registries of the chosen gateway; one can be added without leaving the form. */
function SourceField({ source }: { readonly source: SourceType }) {
  const t = useTranslations('services.form')
  const { workspace } = useWorkspace()
  const { setValue } = useFormContext<ServiceFormValues>()
  const gatewayId = useWatch<ServiceFormValues, 'gatewayId'>({ name: 'gatewayId' })
  const { data, error } = useQuery(sourceQueries.list(workspace))
  const refusal = useServicesRefusal('sources')
  const [creating, setCreating] = useState(false)
  const usable = (data ?? []).filter(({ type, gateway }) => type === source && gateway.id === gatewayId)
  const choose = (id: string) => {
    setValue('discovery.sourceId', id, { shouldDirty: true, shouldValidate: true })
    for (const field of ['namespace', 'service', 'port'] as const) setValue(`discovery.${field}`, '')
  }
  return (
    <div className="max-w-[560px]">
      <SelectField<ServiceFormValues>
        name="discovery.sourceId"
        label={t('source')}
        help={data && usable.length === 0 ? t('sourceNone') : undefined}
        placeholder={t('sourceChoose')}
        items={usable.map(({ id, name, endpoint }) => ({ value: id, label: name, description: endpoint }))}
        onChanged={(id) => choose(id ?? '')}
      />
      <FailureText error={error} />
      <Button size="sm" className="mt-2" disabledReason={refusal} onClick={() => setCreating(true)}>
        {t('sourceCreate')}
      </Button>
      {creating ? (
        <CreateSourceDrawer
          type={source}
          gatewayId={gatewayId}
          onCreated={({ id }) => {
            choose(id)
            setCreating(false)
          }}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </div>
  )
}
