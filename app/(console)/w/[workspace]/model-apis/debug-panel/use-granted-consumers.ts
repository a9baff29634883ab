'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { consumerQueries } from '@/lib/client/consumers-queries.ts'
import { keyPlaceOf } from '@/lib/client/debug-address.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** Stands in the select for a call in nobody's name. */
const nobody = 'nobody'

/** In whose name an API that admits consumers alone is called; null for one that admits everybody. */
export function useGrantedConsumers(api: ModelApi, consumerId: string | null) {
  const t = useTranslations('debug.settings')
  const { workspace } = useWorkspace()
  const asks = api.plugins.authorization.enabled
  const { data } = useQuery({ ...consumerQueries.list(workspace), enabled: asks })
  if (!asks) return null
  const consumers = (data ?? []).map(({ id, name, modelApis }) => ({
    value: id,
    label: name,
    description: modelApis.some((granted) => granted.id === api.id) ? t('granted') : t('notGranted'),
  }))
  const items = [{ value: nobody, label: t('nobody'), description: t('nobodyHelp') }, ...consumers]
  const chosen = consumers.find(({ value }) => value === consumerId)?.value ?? null
  return {
    items,
    value: chosen ?? nobody,
    /** As the call says it; null for one that is gone. */
    consumerId: chosen,
    keyPlace: keyPlaceOf(data?.find(({ id }) => id === chosen)),
    idOf: (value: string) => (value === nobody ? null : value),
  }
}

export type GrantedConsumers = ReturnType<typeof useGrantedConsumers>
