'use client'

import { ChevronDown, Layers } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu.tsx'
import { initialOf } from './account-menu.tsx'
import type { ShellWorkspace } from './shell-context.tsx'

type WorkspaceSwitcherProps = {
  readonly workspace: ShellWorkspace | undefined
  readonly workspaces: readonly ShellWorkspace[]
  readonly collapsed: boolean
}

export function WorkspaceSwitcher({ workspace, workspaces, collapsed }: WorkspaceSwitcherProps) {
  const t = useTranslations('shell')
  const name = workspace?.displayName ?? t('product')
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t('workspace.switch', { name })}
          className="flex h-9 w-full items-center gap-2 rounded-ctl px-2 text-left hover:bg-hover data-popup-open:bg-hover"
        >
          <span className="forced-fill grid size-5 shrink-0 place-items-center rounded-tag bg-accent text-meta font-semibold text-on-accent">
            {initialOf(name)}
          </span>
          {collapsed ? null : (
            <>
              <span className="min-w-0 flex-1 truncate text-control font-medium text-ink">{name}</span>
              <ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" className="shrink-0 text-ink-2" />
            </>
          )}
        </button>
      }
    >
      {workspaces.map((candidate) => (
        <MenuItem key={candidate.id} href={`/w/${encodeURIComponent(candidate.name)}`}>
          <span className={candidate.id === workspace?.id ? 'font-medium' : ''}>{candidate.displayName}</span>
          {candidate.displayName === candidate.name ? null : (
            <span className="ml-2 font-mono text-meta text-ink-3">{candidate.name}</span>
          )}
        </MenuItem>
      ))}
      {workspaces.length > 0 ? <MenuSeparator /> : null}
      <MenuItem href="/w" icon={Layers}>
        {t('workspace.all')}
      </MenuItem>
    </Menu>
  )
}
