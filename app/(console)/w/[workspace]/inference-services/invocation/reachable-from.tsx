'use client'

import { useTranslations } from 'use-intl'
import type { InvocationMethod } from '@/lib/domain/service-endpoints.ts'
import type { SideOf } from './invocation-choice.ts'

type ReachableFromProps = { readonly way: InvocationMethod; readonly side: SideOf }

/** Who gets to the addresses below, in one line. */
export function ReachableFrom({ way, side: { side, vpcs } }: ReachableFromProps) {
  const t = useTranslations('invocation')
  const names = vpcs.map(({ name }) => name).join(', ')
  const isGateway = way === 'shared-gateway' || way === 'dedicated-gateway'
  if (side === 'internet' && isGateway) return null
  return (
    <p className="text-control text-ink-2">
      {side === 'internet' ? null : names === '' ? t('vpcNote') : t('onlyFrom', { vpcs: names })}{' '}
      {isGateway ? (names === '' ? null : t('betweenServices')) : t('groupDecides')}
    </p>
  )
}
