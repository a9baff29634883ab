'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useGatewayName } from '../gateway-name.ts'
import { DeleteGatewayDialog } from './delete-gateway-dialog.tsx'
import { useSetDefault } from './use-set-default.ts'

/** What can be done with a gateway from the list. */
export function GatewayRowMenu({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways')
  const name = useGatewayName()(gateway)
  const { disabledReason, setDefault } = useSetDefault(gateway)
  const [deleting, setDeleting] = useState(false)
  return (
    <>
      <MoreMenu label={t('actionsFor', { name })}>
        <MenuItem
          disabledReason={gateway.isDefault ? t('isDefault') : disabledReason}
          onSelect={() => void setDefault()}
        >
          {t('setDefault')}
        </MenuItem>
        <MenuSeparator />
        <DeleteGatewayItem gateway={gateway} onSelect={() => setDeleting(true)} />
      </MoreMenu>
      {deleting ? <DeleteGatewayDialog gateway={gateway} onClose={() => setDeleting(false)} /> : null}
    </>
  )
}

interface DeleteGatewayItemProps {
  readonly gateway: Gateway
  readonly onSelect: () => void
}

export function DeleteGatewayItem({ gateway, onSelect }: DeleteGatewayItemProps) {
  const t = useTranslations('gateways')
  const shared = gateway.type === 'shared' ? t('sharedStays') : undefined
  return (
    <MenuItem
      danger
      disabledReason={shared ?? (gateway.editable ? undefined : t('notAllowed'))}
      onSelect={onSelect}
    >
      {t('delete')}
    </MenuItem>
  )
}
