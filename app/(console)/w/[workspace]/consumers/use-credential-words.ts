'use client'

import { useTranslations } from 'use-intl'
import type { Credential } from '@/lib/domain/consumer.ts'

/** Where a caller puts it: "Authorization: Bearer or x-api-key". */
export function usePlaceText(): (credential: Credential) => string {
  const t = useTranslations('consumers.places')
  return (credential) => {
    if (credential.type === 'hmac') return t('signature')
    const { location } = credential
    if (location.in !== 'standard') return t(location.in, { name: location.name })
    const isKey = credential.type === 'api-key'
    return t(isKey ? 'standardKey' : 'standardToken')
  }
}
