'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import type { SourceCatalogue, SourceType } from '@/lib/domain/source.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { discoveredKey, ServiceSelect } from './service-select.tsx'
import { useTakenServices } from './use-taken-services.ts'

interface CatalogueFieldsProps {
  readonly source: SourceType
  readonly sourceId: string
  /** An empty name follows what is chosen. */
  readonly namesService: boolean
}

/** Namespace, service and port as the registry has them now. */
export function CatalogueFields({ source, sourceId, namesService }: CatalogueFieldsProps) {
  const t = useTranslations('services.form')
  const { workspace } = useWorkspace()
  const { setValue } = useFormContext<ServiceFormValues>()
  const namespace = useWatch<ServiceFormValues, 'discovery.namespace'>({ name: 'discovery.namespace' })
  const [hidden, setHidden] = useState(false)
  const root = useQuery(sourceQueries.catalogue(workspace, sourceId, ''))
  const inside = useQuery({
    ...sourceQueries.catalogue(workspace, sourceId, namespace),
    enabled: namespace !== '',
  })
  const taken = useTakenServices(source, sourceId, namespace)
  const nacos = source === 'nacos'
  const asked = nacos && namespace === '' ? root : inside
  const namespaces = root.data?.namespaces ?? []
  const shown = namespaces.filter((one) => hidden || !one.hidden || one.name === namespace)
  return (
    <>
      <FailedCatalogue query={root} />
      {root.isPending ? <p className="text-control text-ink-3">{t('asking')}</p> : null}
      {root.data && (!nacos || namespaces.length > 1) ? (
        <div className="max-w-[560px]">
          <SelectField<ServiceFormValues>
            name="discovery.namespace"
            label={t('namespace')}
            placeholder={t('namespaceChoose')}
            mono
            searchable={shown.length > 8}
            items={shown.map(({ name, label }) => ({
              value: name,
              label: name === '' ? label : name,
              description: label === name || name === '' ? undefined : label,
            }))}
            onChanged={() => {
              for (const field of ['service', 'port'] as const) setValue(`discovery.${field}`, '')
            }}
          />
          {namespaces.some((one) => one.hidden) ? (
            <label htmlFor="show-hidden" className="mt-2 inline-flex items-center gap-2.5 text-control">
              <Checkbox id="show-hidden" checked={hidden} onCheckedChange={setHidden} />
              {t('showHidden')}
            </label>
          ) : null}
        </div>
      ) : null}
      {asked === root ? null : <FailedCatalogue query={inside} />}
      {asked.data && (nacos || namespace !== '') ? (
        <DiscoveredFields
          catalogue={asked.data}
          taken={taken}
          nacos={nacos}
          hidden={hidden}
          namespace={namespace}
          namesService={namesService}
        />
      ) : null}
    </>
  )
}

interface FailedCatalogueProps {
  readonly query: { readonly error: unknown; readonly isFetching: boolean; readonly refetch: () => unknown }
}

function FailedCatalogue({ query }: FailedCatalogueProps) {
  const kit = useTranslations('kit')
  if (!query.error) return null
  return (
    <div>
      <FailureText error={query.error} />
      <Button size="sm" className="mt-2" loading={query.isFetching} onClick={() => void query.refetch()}>
        {kit('retry')}
      </Button>
    </div>
  )
}

interface DiscoveredFieldsProps {
  readonly catalogue: SourceCatalogue
  readonly taken: ReadonlyMap<string, string>
  readonly nacos: boolean
  readonly hidden: boolean
  readonly namespace: string
  readonly namesService: boolean
}

type Discovered = SourceCatalogue['services'][number]

function DiscoveredFields(props: DiscoveredFieldsProps) {
  const { catalogue, taken, nacos, hidden, namespace, namesService } = props
  const t = useTranslations('services.form')
  const { setValue, getValues } = useFormContext<ServiceFormValues>()
  const [service, group] = useWatch<ServiceFormValues, readonly ['discovery.service', 'discovery.group']>({
    name: ['discovery.service', 'discovery.group'],
  })
  const shown = catalogue.services.filter((one) => hidden || !one.hidden || one.name === service)
  const chosen = catalogue.services.find((one) => one.name === service && (!nacos || one.group === group))
  const write = { shouldDirty: true, shouldValidate: true }
  const choose = (key: string | null) => {
    const next = catalogue.services.find((one) => discoveredKey(one) === key)
    if (next === undefined) return
    setValue('discovery.service', next.name, write)
    if (next.group !== null) setValue('discovery.group', next.group, write)
    const [only] = next.ports
    setValue('discovery.port', only && next.ports.length === 1 ? portText(only) : '', { shouldDirty: true })
    if (namesService && getValues('name').trim() === '') {
      setValue('name', [next.name, namespace].filter(Boolean).join('-').slice(0, 63), write)
    }
  }
  return (
    <>
      <ServiceSelect
        items={shown}
        taken={taken}
        value={chosen ? discoveredKey(chosen) : null}
        onChange={choose}
      />
      {!nacos && chosen ? (
        <SelectField<ServiceFormValues>
          name="discovery.port"
          label={t('port')}
          placeholder={t('portChoose')}
          mono
          items={chosen.ports.map((port) => ({
            value: portText(port),
            label: portText(port),
            description: port.name === null ? undefined : String(port.port),
          }))}
        />
      ) : null}
      {chosen && chosen.endpoints !== null ? (
        <p role="status" className="text-control text-ink-2">
          {t('endpointsFound', { count: chosen.endpoints })}
        </p>
      ) : null}
    </>
  )
}

function portText({ name, port }: Discovered['ports'][number]): string {
  return name ?? String(port)
}
