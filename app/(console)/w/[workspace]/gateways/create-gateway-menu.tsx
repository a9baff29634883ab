'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { Menu, MenuItem } from '@/components/ui/menu.tsx'
import { useWorkspace } from '../use-workspace.ts'

/** The two kinds of dedicated gateways, the recommended one first. */
export function CreateGatewayMenu({ onCreateAlb }: { readonly onCreateAlb: () => void }) {
  const t = useTranslations('gateway-create')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  if (!access.may('gateways.write')) {
    return (
      <Button variant="primary" disabledReason={t('notAllowed', { role: role(access.role) })}>
        {t('create')}
      </Button>
    )
  }
  return (
    <Menu
      trigger={
        <Button variant="primary">
          <span className="inline-flex items-center gap-1.5">
            {t('create')}
            <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
          </span>
        </Button>
      }
    >
      <MenuItem onSelect={onCreateAlb}>
        {t('alb')}
        <span className="block text-meta text-ink-3">{t('albText')}</span>
      </MenuItem>
      <MenuItem href={`/w/${access.workspace}/gateways/new?type=managed`}>
        {t('managed')}
        <span className="block text-meta text-ink-3">{t('managedText')}</span>
      </MenuItem>
    </Menu>
  )
}
