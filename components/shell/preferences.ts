/** The choices that the shell offers; whoever mounts it remembers them. */
export type ShellPreferences = {
  readonly locale: 'en' | 'zh-CN'
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'comfortable' | 'compact'
  readonly rail: 'open' | 'collapsed'
  readonly singleKeys: 'on' | 'off'
}

export type SetPreference = <K extends keyof ShellPreferences>(name: K, value: ShellPreferences[K]) => void

/** Languages are named in themselves, whatever language the console speaks. */
export const localeNames = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'zh-CN', label: '简体中文', lang: 'zh-CN' },
] as const
