'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { MoreMenu } from '@/components/ui/menu.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { DeleteGatewayDialog } from '../delete-gateway-dialog.tsx'
import { DeleteGatewayItem } from '../gateway-row-menu.tsx'
import { SetDefaultButton } from '../set-default-button.tsx'
import { ChangeSpecificationDialog } from './change-specification-dialog.tsx'

/** What can be done with the gateway from each of its tabs. */
export function GatewayActions({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways')
  const { workspace } = useWorkspace()
  const router = useRouter()
  const [open, setOpen] = useState<'specification' | 'delete' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      {gateway.type === 'shared' ? null : (
        <Button
          disabledReason={gateway.editable ? undefined : t('notAllowed')}
          onClick={() => setOpen('specification')}
        >
          {gateway.type === 'managed' ? t('changeSpecification') : t('changeNodes')}
        </Button>
      )}
      <SetDefaultButton gateway={gateway} />
      {gateway.type === 'shared' ? null : (
        <MoreMenu edge label={t('actionsFor', { name: gateway.name })}>
          <DeleteGatewayItem gateway={gateway} onSelect={() => setOpen('delete')} />
        </MoreMenu>
      )}
      {open === 'specification' ? (
        <ChangeSpecificationDialog key={gateway.version} gateway={gateway} onClose={close} />
      ) : null}
      {open === 'delete' ? (
        <DeleteGatewayDialog
          gateway={gateway}
          onClose={close}
          onDeleted={() => router.push(`/w/${workspace}/gateways`)}
        />
      ) : null}
    </>
  )
}
