'use client'

import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import type { ModelApiSetting } from '@/lib/client/model-api-form-output.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { placesOf } from '../model-api-address.ts'

type Settings = Pick<ModelApi, ModelApiSetting>

interface ImpactNotesProps {
  readonly api: ModelApi
  readonly base: Settings
  readonly wanted: Settings
}

/** What callers and readers will notice of an edit. */
export function ImpactNotes({ api, base, wanted }: ImpactNotesProps) {
  const t = useTranslations('model-apis.impact')
  const moved =
    base.basePath !== wanted.basePath || base.domainIds.some((id) => !wanted.domainIds.includes(id))
  const off = wanted.disabledRoutes.filter((route) => !base.disabledRoutes.includes(route))
  const records =
    (wanted.monitoring.recordRequest && !base.monitoring.recordRequest) ||
    (wanted.monitoring.recordResponse && !base.monitoring.recordResponse)
  const notes = [
    ...(base.enabled && !wanted.enabled ? [t('disabled')] : []),
    ...(moved ? [t('moved', { places: placesOf(api).join(', ') })] : []),
    ...(off.length > 0 ? [t('routesOff', { routes: off.join(', '), count: off.length })] : []),
    ...(records ? [t('records')] : []),
  ]
  if (notes.length === 0) return null
  return (
    <ul aria-label={t('label')} className="mt-4 flex flex-col gap-1.5 text-control">
      {notes.map((note) => (
        <li key={note}>
          <StatusText tone="warn">
            <span className="[overflow-wrap:anywhere]">{note}</span>
          </StatusText>
        </li>
      ))}
    </ul>
  )
}
