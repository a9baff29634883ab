'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { InvocationMethod } from '@/lib/domain/service-endpoints.ts'
import type { InvocationProps } from './invocation-props.ts'

type InvocationUnavailableProps = InvocationProps & {
  readonly way: InvocationMethod
  readonly reason: string
  readonly onUseShared: (() => void) | undefined
}

/** Why a way to call a service is closed, and what opens it. */
export function InvocationUnavailable({
  workspace,
  service,
  way,
  reason,
  onUseShared,
}: InvocationUnavailableProps) {
  const t = useTranslations('invocation')
  const sentence = () => {
    if (reason === 'not-bound') return t(`unavailable.not-bound.${way}`)
    if (reason === 'not-built') return t(`unavailable.not-built.${way}`)
    if (reason === 'gateway-off' || reason === 'no-node') return t(`unavailable.${reason}`)
    return t('unavailable.other', { reason })
  }
  const broken = reason === 'gateway-off' || reason === 'no-node'
  const action = broken ? (
    <TextLink href={`/w/${encodeURIComponent(workspace)}/gateways/${encodeURIComponent(service.gateway.id)}`}>
      {t('viewGateway')}
    </TextLink>
  ) : onUseShared ? (
    <Button size="sm" onClick={onUseShared}>
      {t('useShared')}
    </Button>
  ) : null
  return (
    <Callout tone={broken ? 'warn' : 'info'} action={action}>
      {sentence()}
    </Callout>
  )
}
