'use client'

import { useTranslations } from 'use-intl'
import { type Gateway, sharedGatewayId } from '@/lib/domain/gateway.ts'

/** The shared gateway is named by the console; the others by the people who made them. */
export function useGatewayName(): (gateway: Pick<Gateway, 'id' | 'name'>) => string {
  const t = useTranslations('gateways.names')
  return ({ id, name }) => (id === sharedGatewayId ? t('shared') : name)
}
