'use client'

import { useTranslations } from 'use-intl'
import type { ModelApiSetting } from '@/lib/client/model-api-form-output.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { placesOf } from '../model-api-address.ts'
import { NoteList } from './note-list.tsx'

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
    ...(base.name === wanted.name ? [] : [t('renamed', { from: base.name, to: wanted.name })]),
    ...(base.enabled && !wanted.enabled ? [t('disabled')] : []),
    ...(moved ? [t('moved', { places: placesOf(api).join(', ') })] : []),
    ...(off.length > 0 ? [t('routesOff', { routes: off.join(', '), count: off.length })] : []),
    ...(records ? [t('records')] : []),
  ]
  return <NoteList label={t('label')} notes={notes} />
}
