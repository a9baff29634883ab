'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ChipsField } from '@/components/form/chips-field.tsx'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Model APIs by name: the field `modelApis`. */
export function GrantsField() {
  const t = useTranslations('consumers.form')
  const { workspace } = useWorkspace()
  const apis = useQuery(modelApiQueries.list(workspace)).data
  return (
    <ChipsField<{ modelApis: string[] }>
      name="modelApis"
      label={t('grants')}
      help={apis?.length === 0 ? t('grantsMissing') : t('grantsHelp')}
      items={(apis ?? []).map(({ name }) => name)}
      optional
    />
  )
}
