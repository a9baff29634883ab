'use client'

import { Languages, SunMoon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Menu, MenuChoice } from '@/components/ui/menu.tsx'
import { localeNames, type ShellPreferences } from './preferences.ts'
import { RouteFocus } from './route-focus.tsx'

type EntryFrameProps = Pick<ShellPreferences, 'locale' | 'theme'> & {
  readonly onLocale: (locale: ShellPreferences['locale']) => void
  readonly onTheme: (theme: ShellPreferences['theme']) => void
  readonly children: ReactNode
}

/** The frame of the pages before sign-in: the name, a narrow column, language and theme. */
export function EntryFrame({ locale, theme, onLocale, onTheme, children }: EntryFrameProps) {
  const t = useTranslations('shell')
  return (
    <div className="app-root grid min-h-dvh grid-rows-[var(--bar)_1fr]">
      <header className="flex items-center justify-between border-b border-line px-4 md:px-6">
        <span className="flex items-center gap-2 text-control font-semibold">
          <span
            aria-hidden="true"
            className="forced-fill grid size-5 place-items-center rounded-tag bg-accent text-meta font-semibold text-on-accent"
          >
            {t('product').slice(0, 1)}
          </span>
          {t('product')}
        </span>
        <span className="flex items-center gap-1">
          <Menu trigger={<IconButton icon={Languages} label={t('preferences.language')} tooltip={false} />}>
            <MenuChoice
              label={t('preferences.language')}
              value={locale}
              onValueChange={onLocale}
              items={localeNames}
            />
          </Menu>
          <Menu trigger={<IconButton icon={SunMoon} label={t('preferences.theme')} tooltip={false} />}>
            <MenuChoice
              label={t('preferences.theme')}
              value={theme}
              onValueChange={onTheme}
              items={(['system', 'light', 'dark'] as const).map((value) => ({
                value,
                label: t(`preferences.themes.${value}`),
              }))}
            />
          </Menu>
        </span>
      </header>
      <main className="w-full max-w-[608px] px-4 pt-[10vh] pb-12 md:ml-[clamp(24px,16vw,280px)] md:px-6">
        {children}
      </main>
      <RouteFocus />
    </div>
  )
}
