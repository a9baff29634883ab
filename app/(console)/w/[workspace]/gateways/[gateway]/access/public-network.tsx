'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { useSetInternet } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { EnableNetworkDrawer } from './enable-network-drawer.tsx'
import { NetworkText } from './network-text.tsx'

/** The public side of an ALB gateway: enabled with a VPC and vSwitches, disabled again. */
export function PublicNetwork({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const set = useSetInternet(workspace, gateway.id)
  const [closing, setClosing] = useState(false)
  const [drawer, setDrawer] = useQueryState(
    'enable',
    parseAsStringLiteral(['internet']).withOptions({ history: 'push' }),
  )
  const { enabled, vpcId, vswitchIds } = gateway.internet
  const notAllowed = gateway.editable ? undefined : t('readOnly')
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <StatusText tone={enabled ? 'ok' : 'idle'}>
            {enabled ? t('activated') : t('deactivated')}
          </StatusText>
          {enabled && vpcId !== null ? <NetworkText vpcId={vpcId} vswitchIds={vswitchIds} /> : null}
        </div>
        {enabled ? (
          <Button disabledReason={notAllowed} onClick={() => setClosing(true)}>
            {t('disablePublic')}
          </Button>
        ) : (
          <Button variant="primary" disabledReason={notAllowed} onClick={() => void setDrawer('internet')}>
            {t('enablePublic')}
          </Button>
        )}
      </div>
      {drawer === 'internet' ? (
        <EnableNetworkDrawer gateway={gateway} side="internet" onClose={() => void setDrawer(null)} />
      ) : null}
      <ConfirmDialog
        open={closing}
        onOpenChange={setClosing}
        title={t('publicCloseTitle')}
        description={t('portalCloseText', { services: gateway.services, domains: gateway.domains })}
        confirmLabel={t('disablePublic')}
        keepLabel={t('publicKeep')}
        danger
        onConfirm={async () => {
          await set.mutateAsync({ enabled: false })
          toast(t('publicDisabled'))
        }}
      />
    </>
  )
}
