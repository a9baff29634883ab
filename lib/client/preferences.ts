/** Choices that belong to a browser, not to an account: read on the server so the first paint is right. */
export const locales = ['en', 'zh-CN'] as const
export const themes = ['system', 'light', 'dark'] as const
export const densities = ['comfortable', 'compact'] as const
export const railStates = ['open', 'collapsed'] as const
export const singleKeyStates = ['on', 'off'] as const

export type Locale = (typeof locales)[number]
export type Theme = (typeof themes)[number]
export type Density = (typeof densities)[number]
export type RailState = (typeof railStates)[number]

export type Preferences = {
  readonly locale: Locale
  readonly theme: Theme
  readonly density: Density
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string
  readonly rail: RailState
  /** `off` silences shortcuts of one letter (WCAG 2.1.4). */
  readonly singleKeys: 'on' | 'off'
}

export const preferenceCookies = {
  locale: 'switchyard_locale',
  theme: 'switchyard_theme',
  density: 'switchyard_density',
  timeZone: 'switchyard_time_zone',
  rail: 'switchyard_rail',
  singleKeys: 'switchyard_single_keys',
} as const satisfies Record<keyof Preferences, string>

/** The first choice that we speak, in the order of an `Accept-Language` header. */
export function localeFromAcceptLanguage(header: string | null): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { tag: tag.trim().toLowerCase(), quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((left, right) => right.quality - left.quality)
  for (const { tag } of wanted) {
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN'
    if (tag === 'en' || tag.startsWith('en-')) return 'en'
  }
  return 'en'
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}

/** Reads preferences from cookies, falling back silently where a value is missing or unknown. */
export function parsePreferences(
  cookie: (name: string) => string | undefined,
  acceptLanguage: string | null,
): Preferences {
  const timeZone = cookie(preferenceCookies.timeZone) ?? ''
  return {
    locale: oneOf(locales, cookie(preferenceCookies.locale)) ?? localeFromAcceptLanguage(acceptLanguage),
    theme: oneOf(themes, cookie(preferenceCookies.theme)) ?? 'system',
    density: oneOf(densities, cookie(preferenceCookies.density)) ?? 'comfortable',
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    rail: oneOf(railStates, cookie(preferenceCookies.rail)) ?? 'open',
    singleKeys: oneOf(singleKeyStates, cookie(preferenceCookies.singleKeys)) ?? 'on',
  }
}

function oneOf<const T extends string>(allowed: readonly T[], value: string | undefined): T | undefined {
  return allowed.find((candidate) => candidate === value)
}
