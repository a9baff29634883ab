'use client'

import { clsx } from 'clsx'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { AccountMenu } from './account-menu.tsx'
import { CommandPalette } from './command-palette.tsx'
import { navigationItems, sectionHref, sectionOf } from './navigation.ts'
import { OfflineBanner } from './offline-banner.tsx'
import { PhoneMenu } from './phone-menu.tsx'
import type { SetPreference, ShellPreferences } from './preferences.ts'
import { Rail, type RailCounts } from './rail.tsx'
import { RouteFocus } from './route-focus.tsx'
import type { ShellAction } from './shell-actions.ts'
import { ShellProvider, type ShellUser, type ShellWorkspace, useShell } from './shell-context.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { TopBar } from './top-bar.tsx'
import { useBaseActions } from './use-base-actions.ts'
import { useRecentPages } from './use-recent-pages.ts'
import { useShellShortcuts } from './use-shell-shortcuts.ts'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

export type ShellProps = {
  readonly user: ShellUser | undefined
  readonly workspace: ShellWorkspace | undefined
  readonly workspaces: readonly ShellWorkspace[]
  readonly counts?: RailCounts
  readonly preferences: ShellPreferences
  readonly onPreference: SetPreference
  readonly onSignOut: () => void
  /** Objects for the palette's Find group. */
  readonly objects?: readonly ShellAction[]
  /** The palette was opened: a good moment to fetch `objects`. */
  readonly onPaletteOpen?: () => void
  readonly children: ReactNode
}

/** The frame of every page behind sign-in. */
export function Shell(props: ShellProps) {
  const t = useTranslations('shell')
  const item = sectionOf(usePathname())
  const { workspace } = props
  const section =
    item && workspace
      ? { id: item.id, label: t(`sections.${item.id}`), href: sectionHref(workspace.name, item) }
      : undefined
  return (
    <ShellProvider workspace={workspace} section={section} singleKeys={props.preferences.singleKeys === 'on'}>
      <Frame {...props} />
    </ShellProvider>
  )
}

function Frame(props: ShellProps) {
  const { preferences, onPreference, children } = props
  const t = useTranslations('shell')
  const [sheet, setSheet] = useState(false)
  const [phoneMenu, setPhoneMenu] = useState(false)
  const palette = usePalette(props)
  const toggleRail = () => onPreference('rail', preferences.rail === 'open' ? 'collapsed' : 'open')
  const awaiting = useFrameShortcuts(props, palette, () => setSheet(true), toggleRail)
  const collapsed = preferences.rail === 'collapsed'
  return (
    <div className="app-root min-h-dvh">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-ctl border border-line-strong bg-raised px-3 py-2 text-control focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <aside
        className={clsx(
          'no-print fixed inset-y-0 left-0 z-30 border-r border-line bg-canvas max-md:hidden',
          collapsed ? 'w-[57px]' : 'w-[calc(var(--rail)+1px)]',
        )}
      >
        <FrameRail
          {...props}
          collapsed={collapsed}
          onToggle={toggleRail}
          onSearch={palette.show}
          onHelp={() => setSheet(true)}
        />
      </aside>
      <PhoneMenu open={phoneMenu} onOpenChange={setPhoneMenu}>
        <FrameRail
          {...props}
          collapsed={false}
          onSearch={() => {
            setPhoneMenu(false)
            palette.show()
          }}
          onNavigate={() => setPhoneMenu(false)}
          onHelp={() => setSheet(true)}
        />
      </PhoneMenu>
      <div className={clsx('print:pl-0!', collapsed ? 'md:pl-[57px]' : 'md:pl-[calc(var(--rail)+1px)]')}>
        <TopBar onMenu={() => setPhoneMenu(true)} onHelp={() => setSheet(true)} />
        <OfflineBanner />
        <main id="content" tabIndex={-1} className="outline-none">
          {children}
        </main>
      </div>
      <RouteFocus />
      <CommandPalette
        open={palette.open}
        onOpenChange={palette.setOpen}
        actions={palette.actions}
        onChoose={palette.choose}
      />
      <ShortcutSheet open={sheet} onOpenChange={setSheet} singleKeys={preferences.singleKeys === 'on'} />
      <SequenceHint shown={awaiting} />
    </div>
  )
}

type FrameRailProps = ShellProps & {
  readonly collapsed: boolean
  readonly onToggle?: () => void
  readonly onSearch: () => void
  readonly onNavigate?: () => void
  readonly onHelp: () => void
}

function FrameRail(props: FrameRailProps) {
  const { workspace, workspaces, counts = {}, collapsed, onToggle, onSearch, onNavigate } = props
  return (
    <Rail
      workspace={workspace}
      current={sectionOf(usePathname())?.id}
      counts={counts}
      collapsed={collapsed}
      onToggle={onToggle}
      onSearch={onSearch}
      onNavigate={onNavigate}
      head={<WorkspaceSwitcher workspace={workspace} workspaces={workspaces} collapsed={collapsed} />}
      foot={
        <AccountMenu
          user={props.user}
          collapsed={collapsed}
          preferences={props.preferences}
          onPreference={props.onPreference}
          onHelp={props.onHelp}
          onSignOut={props.onSignOut}
        />
      }
    />
  )
}

function usePalette({ workspace, workspaces, onPreference, objects = [], onPaletteOpen }: ShellProps) {
  const router = useRouter()
  const { registry } = useShell()
  const [open, setOpen] = useState(false)
  const base = useBaseActions(workspace, workspaces, onPreference)
  const recent = useRecentPages()
  const choose = (action: ShellAction) => {
    if (action.run) action.run()
    else if (action.href) router.push(action.href)
  }
  const show = () => {
    onPaletteOpen?.()
    setOpen(true)
  }
  return { open, setOpen, show, choose, actions: [...registry.actions, ...base, ...objects, ...recent] }
}

function useFrameShortcuts(
  { workspace, preferences }: ShellProps,
  palette: ReturnType<typeof usePalette>,
  onSheet: () => void,
  onRail: () => void,
): boolean {
  const router = useRouter()
  return useShellShortcuts({
    singleKeys: preferences.singleKeys === 'on',
    onPalette: palette.show,
    onSheet,
    onRail,
    onGo: (key) => {
      const item = navigationItems.find((candidate) => candidate.key === key)
      if (!item || !workspace) return false
      router.push(sectionHref(workspace.name, item))
      return true
    },
    onKey: (key) => {
      const action = palette.actions.find(({ shortcut }) => shortcut === key)
      if (!action) return false
      palette.choose(action)
      return true
    },
  })
}

function SequenceHint({ shown }: { readonly shown: boolean }) {
  const t = useTranslations('shell')
  if (!shown) return null
  return (
    <div className="fixed bottom-4 left-1/2 z-50 -translate-x-1/2 rounded-ctl border border-line bg-raised px-3 py-1.5 text-meta text-ink-2 shadow-menu">
      {t('sequence', {
        keys: navigationItems.flatMap(({ key }) => (key ? [key.toUpperCase()] : [])).join(' '),
      })}
    </div>
  )
}
