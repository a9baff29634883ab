'use client'

import { useTranslations } from 'use-intl'
import type { ModelApiSetting } from '@/lib/client/model-api-form-output.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { coveredBy } from '@/lib/domain/model-pattern.ts'
import type { ModelRouting } from '@/lib/domain/model-routing.ts'
import { NoteList } from './note-list.tsx'

/** What may surprise whoever creates an API, or calls it. */
export function CreationNotes({ settings }: { readonly settings: Pick<ModelApi, ModelApiSetting> }) {
  const t = useTranslations('model-apis.warnings')
  const { enabled, monitoring, routing } = settings
  const records = monitoring.enabled && (monitoring.recordRequest || monitoring.recordResponse)
  const notes = [
    ...(enabled ? [] : [t('disabled')]),
    t('open'),
    ...(routing.mode === 'model-name' && routing.default === null ? [t('otherModels')] : []),
    ...neverReached(routing).map((pattern) => t('neverReached', { pattern })),
    ...(records ? [t('records')] : []),
  ]
  return <NoteList label={t('label')} notes={notes} />
}

/** The patterns of rules that others above take all models of. */
function neverReached(routing: ModelRouting): string[] {
  if (routing.mode !== 'model-name') return []
  const patterns = routing.rules.map(({ pattern }) => pattern)
  const covered = coveredBy(patterns)
  return patterns.filter((_, index) => (covered[index] ?? null) !== null)
}
