'use client'

import { clsx } from 'clsx'
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'use-intl'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Kbd } from '@/components/ui/kbd.tsx'
import { Tooltip } from '@/components/ui/tooltip.tsx'
import { type NavigationItem, navigation, type SectionId, sectionHref } from './navigation.ts'
import type { ShellWorkspace } from './shell-context.tsx'

/** How many there are, or what is the matter with them in two words. */
export type RailCounts = Partial<Record<SectionId, number | string>>

export type RailProps = {
  readonly workspace: ShellWorkspace | undefined
  readonly current: SectionId | undefined
  readonly counts: RailCounts
  readonly collapsed: boolean
  /** Absent where the rail cannot be folded, as in the phone's drawer. */
  readonly onToggle?: (() => void) | undefined
  readonly onSearch: () => void
  readonly onNavigate?: (() => void) | undefined
  readonly head: React.ReactNode
  readonly foot: React.ReactNode
}

/** The left column: where you are and where you can go. */
export function Rail(props: RailProps) {
  const { workspace, current, counts, collapsed, onToggle, onSearch, onNavigate, head, foot } = props
  const t = useTranslations('shell')
  return (
    <div className="flex h-full flex-col gap-[7px] px-2 pt-2.5 pb-2">
      {head}
      <SearchButton collapsed={collapsed} onPress={onSearch} />
      <nav aria-label={t('navigation')} className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden pt-[3px]">
        {workspace
          ? navigation.map((group) => (
              <div key={group.id} className="pb-2">
                {group.id === 'top' ? null : (
                  <h2
                    className={clsx(
                      'px-2 pt-2 pb-[7px] text-meta font-normal text-ink-3',
                      collapsed && 'sr-only',
                    )}
                  >
                    {t(`groups.${group.id}`)}
                  </h2>
                )}
                <ul className="flex flex-col gap-px">
                  {group.items.map((item) => (
                    <li key={item.id}>
                      <RailLink
                        item={item}
                        href={sectionHref(workspace.name, item)}
                        current={item.id === current}
                        count={counts[item.id]}
                        collapsed={collapsed}
                        onNavigate={onNavigate}
                      />
                    </li>
                  ))}
                </ul>
              </div>
            ))
          : null}
      </nav>
      <div className={clsx('flex items-center gap-1', collapsed && 'flex-col-reverse')}>
        <div className="w-full min-w-0 flex-1">{foot}</div>
        {onToggle ? (
          <IconButton
            icon={collapsed ? PanelLeftOpen : PanelLeftClose}
            label={collapsed ? t('rail.open') : t('rail.collapse')}
            shortcut="["
            onClick={onToggle}
          />
        ) : null}
      </div>
    </div>
  )
}

function SearchButton({ collapsed, onPress }: { readonly collapsed: boolean; readonly onPress: () => void }) {
  const t = useTranslations('shell')
  if (collapsed) {
    return (
      <IconButton icon={Search} label={t('search')} shortcut="mod+k" onClick={onPress} className="mx-auto" />
    )
  }
  return (
    <button
      type="button"
      onClick={onPress}
      aria-keyshortcuts="Meta+K Control+K"
      className="flex h-[30px] w-full shrink-0 items-center justify-between rounded-ctl border border-line bg-surface px-2 text-left text-control text-ink-3 hover:border-line-control pointer-coarse:h-11"
    >
      <span className="truncate">{t('search')}</span>
      <Kbd keys="mod+k" />
    </button>
  )
}

type RailLinkProps = {
  readonly item: NavigationItem
  readonly href: string
  readonly current: boolean
  readonly count: number | string | undefined
  readonly collapsed: boolean
  readonly onNavigate: (() => void) | undefined
}

function RailLink({ item, href, current, count, collapsed, onNavigate }: RailLinkProps) {
  const t = useTranslations('shell')
  const format = useFormatter()
  const label = t(`sections.${item.id}`)
  const link = (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      aria-label={collapsed ? label : undefined}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className={clsx(
        'flex h-[30px] items-center gap-2 rounded-ctl border px-[7px] text-control pointer-coarse:h-11',
        current
          ? 'border-line bg-surface font-medium text-ink'
          : 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
        collapsed && 'justify-center',
      )}
    >
      <item.icon
        size={16}
        strokeWidth={1.5}
        aria-hidden="true"
        className={clsx('shrink-0', current && 'text-accent-text')}
      />
      {collapsed ? null : <span className="min-w-0 flex-1 truncate">{label}</span>}
      {count && !collapsed ? (
        <span className="tnum text-meta text-ink-3">
          {typeof count === 'number' ? format.number(count) : count}
        </span>
      ) : null}
    </Link>
  )
  if (!collapsed) return link
  return (
    <Tooltip content={label} side="right" shortcut={item.key ? `g ${item.key}` : undefined} describes={false}>
      {link}
    </Tooltip>
  )
}
