'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { useSettled } from './use-settled.ts'

/** Where a request that names this model goes, in a sentence; undefined until that is known. */
export function useRoutePreview(api: ModelApi, model: string): string | undefined {
  const t = useTranslations('debug.preview')
  const { workspace } = useWorkspace()
  const settled = useSettled(model.trim())
  const isRead = api.routing.mode === 'intent'
  const { data } = useQuery({
    ...modelApiQueries.routeOf(workspace, api, settled),
    enabled: !isRead && settled !== '',
    placeholderData: keepPreviousData,
  })
  if (isRead) return t('intent')
  if (data === undefined || settled === '') return undefined
  const [first, ...others] = data.targets.map(({ service, model: asked, share }) => {
    const named = asked === null || asked === settled ? service.name : `${service.name} (${asked})`
    return share === null ? named : t('share', { service: named, share })
  })
  if (first === undefined) return t('nowhere')
  const services = [first, ...others].join(', ')
  const { reason } = data
  if (reason.mode === 'model-name') {
    return reason.rule === null
      ? t('default', { services })
      : t('rule', { number: reason.rule + 1, pattern: reason.pattern ?? '', services })
  }
  return reason.mode === 'single' ? t('single', { services }) : t('oneOf', { services })
}
