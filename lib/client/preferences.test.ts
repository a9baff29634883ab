import { describe, expect, test } from 'vitest'
import { localeFromAcceptLanguage, parsePreferences } from './preferences.ts'

describe('localeFromAcceptLanguage', () => {
  test.each([
    [null, 'en'],
    ['', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['fr-FR,fr;q=0.9,zh;q=0.5,en;q=0.4', 'zh-CN'],
    ['en-GB;q=0.7, zh;q=0.9', 'zh-CN'],
    ['zh;q=0, en', 'en'],
    ['fr', 'en'],
  ])('%s speaks %s', (header, locale) => {
    expect(localeFromAcceptLanguage(header)).toBe(locale)
  })
})

describe('parsePreferences', () => {
  const from = (cookies: Record<string, string>) => parsePreferences((name) => cookies[name], null)

  test('falls back silently where a cookie is missing or unknown', () => {
    expect(
      from({ switchyard_theme: 'sepia', switchyard_time_zone: 'Mars/Olympus', switchyard_locale: 'fr' }),
    ).toEqual({
      locale: 'en',
      theme: 'system',
      density: 'comfortable',
      timeZone: 'UTC',
      rail: 'open',
      singleKeys: 'on',
    })
  })

  test('reads what the browser chose', () => {
    const preferences = from({
      switchyard_theme: 'dark',
      switchyard_locale: 'zh-CN',
      switchyard_density: 'compact',
      switchyard_time_zone: 'Asia/Shanghai',
    })
    expect(preferences).toMatchObject({
      theme: 'dark',
      locale: 'zh-CN',
      density: 'compact',
      timeZone: 'Asia/Shanghai',
    })
  })
})
