'use client'

import { Keyboard, LogOut, User } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/components/ui/menu.tsx'
import { localeNames, type SetPreference, type ShellPreferences } from './preferences.ts'
import type { ShellUser } from './shell-context.tsx'

type AccountMenuProps = {
  readonly user: ShellUser | undefined
  readonly collapsed: boolean
  readonly preferences: ShellPreferences
  readonly onPreference: SetPreference
  readonly onHelp: () => void
  readonly onSignOut: () => void
}

/** The foot of the rail: who is signed in, and everything that is theirs. */
export function AccountMenu({
  user,
  collapsed,
  preferences,
  onPreference,
  onHelp,
  onSignOut,
}: AccountMenuProps) {
  const t = useTranslations('shell')
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t('account.menu', { name: user?.name ?? '' })}
          className="flex h-9 w-full items-center gap-2 rounded-ctl px-2 text-left text-control text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover"
        >
          <span className="grid size-5 shrink-0 place-items-center rounded-full border border-line-control text-meta">
            {initialOf(user?.name)}
          </span>
          {collapsed ? null : <span className="min-w-0 flex-1 truncate">{user?.name}</span>}
        </button>
      }
    >
      {user ? (
        <div className="max-w-[260px] truncate px-2 py-1.5 text-meta text-ink-3">{user.email}</div>
      ) : null}
      <MenuItem href="/account" icon={User}>
        {t('account.open')}
      </MenuItem>
      <MenuItem onSelect={onHelp} icon={Keyboard} shortcut="?">
        {t('help.open')}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={t('preferences.language')}
        value={preferences.locale}
        onValueChange={(value) => onPreference('locale', value)}
        items={localeNames}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('preferences.theme')}
        value={preferences.theme}
        onValueChange={(value) => onPreference('theme', value)}
        items={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`preferences.themes.${value}`),
        }))}
      />
      <MenuSeparator />
      <MenuItem onSelect={onSignOut} icon={LogOut}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  )
}

export function initialOf(name: string | undefined): string {
  return [...(name?.trim() ?? '')][0]?.toUpperCase() ?? ''
}
