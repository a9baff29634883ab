'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Combobox } from '@/components/ui/combobox.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { useGatewayItems } from '../use-gateway-items.ts'
import { MoveTable } from './move-table.tsx'
import { useServiceMove } from './use-service-move.ts'

type MoveServicesDrawerProps = {
  readonly workspace: string
  /** As they were when the drawer opened. */
  readonly services: readonly InferenceService[]
  readonly onClose: (moved: number) => void
}

/** Binds many services to another gateway; each moves by itself, and calls under way are not dropped. */
export function MoveServicesDrawer({ workspace, services, onClose }: MoveServicesDrawerProps) {
  const t = useTranslations('inference-services.move')
  const move = useServiceMove(workspace, services)
  const close = () => {
    if (move.phase === 'moving') return
    if (move.moved > 0) toast(t('done', { count: move.moved }))
    onClose(move.moved)
  }
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) close()
      }}
      width={720}
      title={t('title', { count: services.length })}
      description={t('text')}
      footer={<Steps move={move} onClose={close} />}
    >
      <div className="flex flex-col gap-5">
        {move.phase === 'choose' ? <GatewayChoice workspace={workspace} move={move} /> : null}
        {move.phase === 'review' ? <Impact services={move.movable} /> : null}
        <FailureText error={move.error} />
        <MoveTable services={move.phase === 'choose' ? services : move.movable} rowOf={move.rowOf} />
      </div>
    </Drawer>
  )
}

type Move = ReturnType<typeof useServiceMove>

function GatewayChoice({ workspace, move }: { readonly workspace: string; readonly move: Move }) {
  const t = useTranslations('inference-services.move')
  const { data } = useQuery(gatewayQueries.list(workspace))
  const items = useGatewayItems(data?.items ?? [], undefined)
  return (
    <FieldFrame id="move-gateway" label={t('gateway')} help={t('gatewayHelp')}>
      <Combobox id="move-gateway" items={items} value={move.gatewayId} onValueChange={move.choose} />
    </FieldFrame>
  )
}

function Impact({ services }: { readonly services: readonly InferenceService[] }) {
  const t = useTranslations('inference-services.move')
  const requests = services.reduce((sum, { traffic24h }) => sum + traffic24h.requests, 0)
  return <Callout tone="info">{t('impact', { requests })}</Callout>
}

function Steps({ move, onClose }: { readonly move: Move; readonly onClose: () => void }) {
  const t = useTranslations('inference-services.move')
  const count = move.movable.length
  if (move.phase === 'done') return <Button onClick={onClose}>{t('close')}</Button>
  if (move.phase === 'choose') {
    const reason = move.gatewayId === null ? t('chooseFirst') : count === 0 ? t('noneMovable') : undefined
    return (
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button variant="primary" onClick={move.review} disabledReason={reason}>
          {t('review')}
        </Button>
      </div>
    )
  }
  return (
    <div className="flex flex-wrap justify-end gap-2">
      {move.phase === 'review' ? <Button onClick={move.back}>{t('back')}</Button> : null}
      <Button variant="primary" loading={move.phase === 'moving'} onClick={() => void move.move()}>
        {t('move', { count })}
      </Button>
    </div>
  )
}
