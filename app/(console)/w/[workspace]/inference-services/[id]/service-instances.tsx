'use client'

import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Callout } from '@/components/feedback/callout.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { useMay } from '@/lib/client/use-may.ts'
import type { InferenceService, Instance, InstanceHealthState } from '@/lib/domain/inference-service.ts'
import { InstanceHealth } from '../instance-state.tsx'
import { serviceHref } from '../service-href.ts'
import { HealthHistory } from './health-history.tsx'

type ServiceInstancesProps = { readonly workspace: string; readonly service: InferenceService }

/** Where the service runs, and how each place is doing. */
export function ServiceInstances({ workspace, service }: ServiceInstancesProps) {
  const t = useTranslations('inference-services')
  const mayWrite = useMay(workspace, 'inference-services.write')
  const columns = useInstanceColumns(service)
  return (
    <div className="flex flex-col gap-4 py-6">
      {service.running ? null : <Callout tone="info">{t('instances.stoppedNote')}</Callout>}
      {service.healthCheck === null ? (
        <Callout tone="info">
          {t(service.passiveHealth === null ? 'instances.nothingChecked' : 'instances.checksOff')}
        </Callout>
      ) : null}
      <DataTable
        label={t('instances.label')}
        columns={columns}
        rows={service.instances}
        rowId={(instance) => instance.id}
        rowName={(instance) => instance.url}
      />
      {mayWrite ? (
        <div>
          <ButtonLink size="sm" href={serviceHref(workspace, service.id, 'edit')}>
            {t('instances.edit')}
          </ButtonLink>
        </div>
      ) : null}
      <HealthHistory workspace={workspace} service={service} />
    </div>
  )
}

function useInstanceColumns(service: InferenceService): ReadonlyArray<DataColumn<Instance>> {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const share = useShareText(service)
  const when = (instant: string | null) => (instant === null ? format.none : <Time value={instant} />)
  return [
    {
      id: 'address',
      header: t('instances.address'),
      cell: ({ url }) => <MonoValue value={url} name={t('instances.address')} charactersMax={48} />,
    },
    {
      id: 'state',
      header: t('instances.state'),
      cell: ({ health }) => <InstanceHealth health={health} />,
    },
    {
      id: 'weight',
      header: t('instances.weight'),
      cell: (instance) => (
        <>
          <span className="tnum block">{format.number(instance.weight)}</span>
          <span className="tnum block whitespace-nowrap text-meta text-ink-3">{share(instance)}</span>
        </>
      ),
      align: 'end',
      priority: 2,
    },
    { id: 'since', header: t('instances.since'), cell: ({ health }) => when(health.since), priority: 2 },
    {
      id: 'checked',
      header: t('instances.checked'),
      cell: ({ health }) => when(health.checkedAt),
      priority: 2,
    },
  ]
}

const resting = new Set<InstanceHealthState>(['unready', 'ejected', 'probing', 'paused'])

/** What a weight comes to. Only round robin follows weights alone, and only fit instances take part. */
function useShareText({ instances, balancing, running }: InferenceService) {
  const t = useTranslations('inference-services.instances')
  const format = useFormat()
  const taking = instances.filter(({ health }) => !resting.has(health.state))
  const weights = taking.reduce((sum, { weight }) => sum + weight, 0)
  return (instance: Instance) => {
    if (instance.weight === 0) return t('noTraffic')
    if (!running || balancing !== 'round-robin' || !taking.includes(instance)) return null
    return t('share', { share: format.percent(instance.weight / weights, 0) })
  }
}
