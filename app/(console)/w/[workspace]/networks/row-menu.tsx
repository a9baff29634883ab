'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { useNetworksRefusal } from './list-bar.tsx'

interface RowMenuProps {
  readonly name: string
  readonly onOpen: () => void
  readonly onDelete: () => void
}

/** What can be done with a VPC, a vSwitch or a security group. */
export function RowMenu({ name, onOpen, onDelete }: RowMenuProps) {
  const t = useTranslations('networks')
  const refusal = useNetworksRefusal()
  return (
    <MoreMenu label={t('actionsOf', { name })}>
      <MenuItem icon={Pencil} onSelect={onOpen} disabledReason={refusal}>
        {t('edit')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger onSelect={onDelete} disabledReason={refusal}>
        {t('delete')}
      </MenuItem>
    </MoreMenu>
  )
}
