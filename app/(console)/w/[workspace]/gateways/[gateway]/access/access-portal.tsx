'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Switch } from '@/components/ui/switch.tsx'
import { useSetInternet } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'

/** The switch of a managed gateway's public entrance. Off asks first: services lose their public endpoint. */
export function AccessPortal({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const set = useSetInternet(workspace, gateway.id)
  const [closing, setClosing] = useState(false)
  const { enabled } = gateway.internet
  const open = async () => {
    await set.mutateAsync({ enabled: true })
    toast(t('portalOpened'))
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Switch
          aria-label={t('portal')}
          checked={enabled}
          disabled={!gateway.editable || set.isPending}
          onCheckedChange={(checked) => {
            if (checked) open().catch(() => undefined)
            else setClosing(true)
          }}
        />
        <span className="text-control font-medium text-ink">{enabled ? t('on') : t('off')}</span>
        <StatusText tone={enabled ? 'ok' : 'idle'}>{enabled ? t('activated') : t('deactivated')}</StatusText>
      </div>
      {gateway.editable ? null : <p className="mt-1 text-meta text-ink-3">{t('readOnly')}</p>}
      <FailureText error={closing ? null : set.error} />
      <ConfirmDialog
        open={closing}
        onOpenChange={setClosing}
        title={t('portalCloseTitle')}
        description={t('portalCloseText', { services: gateway.services, domains: gateway.domains })}
        confirmLabel={t('portalClose')}
        keepLabel={t('portalKeep')}
        danger
        onConfirm={async () => {
          await set.mutateAsync({ enabled: false })
          toast(t('portalClosed'))
        }}
      />
    </>
  )
}
