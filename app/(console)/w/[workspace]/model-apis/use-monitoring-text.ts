'use client'

import { useTranslations } from 'use-intl'
import type { ModelMonitoring } from '@/lib/domain/model-monitoring.ts'

/** What is kept of requests, in a few words. */
export function useMonitoringText(): (monitoring: ModelMonitoring) => string {
  const t = useTranslations('model-apis.monitoring')
  return ({ enabled, recordRequest, recordResponse }) => {
    if (!enabled) return t('off')
    if (recordRequest && recordResponse) return t('both')
    if (recordRequest) return t('request')
    return t(recordResponse ? 'response' : 'plain')
  }
}
