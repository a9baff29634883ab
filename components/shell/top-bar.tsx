'use client'

import { Menu as MenuIcon } from 'lucide-react'
import { useTimeZone, useTranslations } from 'use-intl'
import { Breadcrumb, type Crumb } from '@/components/page/breadcrumb.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Tooltip } from '@/components/ui/tooltip.tsx'
import { useShell } from './shell-context.tsx'
import { zoneOffset } from './zone-offset.ts'

type TopBarProps = { readonly onMenu: () => void; readonly onHelp: () => void }

export function TopBar({ onMenu, onHelp }: TopBarProps) {
  const t = useTranslations('shell')
  const { workspace, section, crumbs } = useShell()
  const zone = useTimeZone() ?? 'UTC'
  const trail: Crumb[] = [
    ...(workspace
      ? [{ label: workspace.displayName, href: `/w/${encodeURIComponent(workspace.name)}` }]
      : []),
    ...(section ? [{ label: section.label, href: section.href }] : []),
    ...crumbs,
  ]
  return (
    <header className="no-print sticky top-0 z-30 flex h-(--bar) items-center gap-3 border-b border-line bg-surface px-4 md:px-6">
      <IconButton
        icon={MenuIcon}
        label={t('openMenu')}
        tooltip={false}
        onClick={onMenu}
        className="-ml-2 md:hidden"
      />
      <div className="min-w-0 flex-1">
        {trail.length > 0 ? <Breadcrumb label={t('breadcrumb')} crumbs={trail} /> : null}
      </div>
      <Tooltip content={t('zone', { zone })}>
        <button
          type="button"
          className="tnum cursor-default! rounded-tag px-1 text-meta text-ink-3 max-md:hidden"
        >
          {zoneOffset(zone, new Date())}
        </button>
      </Tooltip>
      <Tooltip content={t('help.open')} shortcut="?" describes={false}>
        <button
          type="button"
          aria-label={t('help.open')}
          onClick={onHelp}
          className="grid size-6 place-items-center rounded-tag hover:bg-hover"
        >
          <span className="grid h-[18px] w-[17px] place-items-center rounded-tag border border-line-strong font-mono text-meta text-ink-2">
            ?
          </span>
        </button>
      </Tooltip>
    </header>
  )
}
