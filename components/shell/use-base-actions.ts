'use client'

import { useTranslations } from 'use-intl'
import { navigationItems, sectionHref } from './navigation.ts'
import { localeNames, type SetPreference } from './preferences.ts'
import type { ShellAction } from './shell-actions.ts'
import type { ShellWorkspace } from './shell-context.tsx'

/** What the palette offers on every page: places, workspaces, preferences. */
export function useBaseActions(
  workspace: ShellWorkspace | undefined,
  workspaces: readonly ShellWorkspace[],
  setPreference: SetPreference,
): ShellAction[] {
  const t = useTranslations('shell')
  const places = workspace
    ? navigationItems.map((item) => ({
        id: `go-${item.id}`,
        group: 'goTo' as const,
        label: t(`sections.${item.id}`),
        keywords: t(`aliases.${item.id}`),
        href: sectionHref(workspace.name, item),
        ...(item.key ? { shortcut: `g ${item.key}` } : {}),
      }))
    : []
  return [
    ...places,
    {
      id: 'go-account',
      group: 'goTo',
      label: t('account.open'),
      keywords: t('aliases.account'),
      href: '/account',
    },
    ...workspaces
      .filter(({ id }) => id !== workspace?.id)
      .map((other) => ({
        id: `workspace-${other.id}`,
        group: 'goTo' as const,
        label: t('workspace.go', { name: other.displayName }),
        detail: other.name,
        href: `/w/${encodeURIComponent(other.name)}`,
      })),
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      id: `theme-${theme}`,
      group: 'preferences' as const,
      label: `${t('preferences.theme')}: ${t(`preferences.themes.${theme}`)}`,
      keywords: `${theme} ${t('aliases.theme')}`,
      run: () => setPreference('theme', theme),
    })),
    ...localeNames.map(({ value, label }) => ({
      id: `language-${value}`,
      group: 'preferences' as const,
      label: `${t('preferences.language')}: ${label}`,
      keywords: `${value} ${t('aliases.language')}`,
      run: () => setPreference('locale', value),
    })),
    ...(['comfortable', 'compact'] as const).map((density) => ({
      id: `density-${density}`,
      group: 'preferences' as const,
      label: `${t('preferences.density')}: ${t(`preferences.densities.${density}`)}`,
      keywords: `${density} ${t('aliases.density')}`,
      run: () => setPreference('density', density),
    })),
  ]
}
