'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useMay } from '@/lib/client/use-may.ts'
import type { InvocationMethod } from '@/lib/domain/service-endpoints.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { serviceHref } from '../service-href.ts'
import { gatewayAccessHref } from './gateway-access-href.ts'
import type { SideOf } from './invocation-choice.ts'
import type { InvocationProps } from './invocation-props.ts'

type InvocationUnavailableProps = InvocationProps & {
  readonly way: InvocationMethod
  readonly side: SideOf
  /** Goes to the gateway that the service is bound to. */
  readonly onUseBound: (() => void) | undefined
}

/** Why a way to call a service is closed, and what opens it. */
export function InvocationUnavailable(props: InvocationUnavailableProps) {
  const { service, way, side } = props
  const t = useTranslations('invocation.unavailable')
  const nameOf = useGatewayName()
  const reason = side.unavailableReason ?? ''
  const gateway = nameOf(service.gateway)
  const wantsShared = way === 'shared-gateway'
  const sentence = () => {
    if (reason === 'not-bound') return t(wantsShared ? 'notShared' : 'notDedicated', { gateway })
    if (reason === 'not-enabled' && isPastGateway(way)) return t(`not-enabled.${way}`)
    if (reason === 'gateway-off') return t(`gateway-off.${side.side}`, { gateway })
    if (reason === 'no-node' || reason === 'no-security-group' || reason === 'no-ready-instance')
      return t(reason)
    return t('other', { reason })
  }
  const broken = reason === 'gateway-off' || reason === 'no-node' || reason === 'no-ready-instance'
  return (
    <Callout tone={broken ? 'warn' : 'info'} action={<Remedy {...props} reason={reason} />}>
      {sentence()}
    </Callout>
  )
}

function isPastGateway(way: InvocationMethod) {
  return way === 'vpc-direct' || way === 'nlb' || way === 'nacos'
}

function Remedy(props: InvocationUnavailableProps & { readonly reason: string }) {
  const { workspace, service, side, reason, onUseBound } = props
  const t = useTranslations('invocation')
  const mayWrite = useMay(workspace, 'inference-services.write')
  if (reason === 'gateway-off' || reason === 'no-node') {
    const href = gatewayAccessHref(workspace, service.gateway, reason === 'no-node' ? null : side.side)
    return <TextLink href={href}>{t('viewGateway')}</TextLink>
  }
  if (reason === 'no-ready-instance') {
    return (
      <TextLink href={serviceHref(workspace, service.id, 'instances')}>{t('test.seeInstances')}</TextLink>
    )
  }
  return (
    <span className="flex flex-wrap items-center gap-3">
      {mayWrite ? (
        <TextLink href={serviceHref(workspace, service.id, 'edit')}>{t('updateService')}</TextLink>
      ) : null}
      {onUseBound ? (
        <Button size="sm" onClick={onUseBound}>
          {t('useBound')}
        </Button>
      ) : null}
    </span>
  )
}
