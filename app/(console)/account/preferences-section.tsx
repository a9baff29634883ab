'use client'

import { type ReactNode, useId, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { timeZoneItems } from '@/components/form/time-zone-items.ts'
import { Section } from '@/components/page/section.tsx'
import { Combobox } from '@/components/ui/combobox.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { Select } from '@/components/ui/select.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import type { Preferences } from '@/lib/domain/account.ts'
import { browserTimeZone, useSavePreference } from './use-save-preference.ts'

interface PreferenceProps {
  readonly preferences: Preferences
}

/** Each choice acts and is saved as it is made. */
export function PreferencesSection({ preferences }: PreferenceProps) {
  const t = useTranslations('account.preferences')
  return (
    <Section title={t('title')} note={t('note')} className="border-t!">
      <div className="flex flex-col gap-[18px]">
        <LanguageChoice preferences={preferences} />
        <ZoneChoice preferences={preferences} />
        <LookChoices preferences={preferences} />
        <ShortcutsChoice preferences={preferences} />
      </div>
    </Section>
  )
}

function LanguageChoice({ preferences }: PreferenceProps) {
  const t = useTranslations('account.preferences')
  const save = useSavePreference()
  const id = useId()
  return (
    <FieldFrame id={id} label={t('language')}>
      <Select
        id={id}
        aria-labelledby={`${id}-label`}
        items={[
          { value: 'browser', label: t('languages.browser') },
          { value: 'en', label: t('languages.en') },
          { value: 'zh-CN', label: t('languages.zh-CN') },
        ]}
        value={preferences.locale ?? 'browser'}
        onValueChange={(value) => void save({ locale: value === 'browser' ? null : value })}
      />
    </FieldFrame>
  )
}

function ZoneChoice({ preferences }: PreferenceProps) {
  const t = useTranslations('account.preferences')
  const save = useSavePreference()
  const id = useId()
  const browser = t('timeZones.browser', { zone: browserTimeZone() })
  const { timeZone } = preferences
  const items = useMemo(
    () => [{ value: 'browser', label: browser }, ...timeZoneItems(timeZone ?? '')],
    [browser, timeZone],
  )
  return (
    <FieldFrame id={id} label={t('timeZone')}>
      <Combobox
        id={id}
        items={items}
        value={timeZone ?? 'browser'}
        onValueChange={(value) => {
          if (value !== null) void save({ timeZone: value === 'browser' ? null : value })
        }}
      />
    </FieldFrame>
  )
}

function LookChoices({ preferences }: PreferenceProps) {
  const t = useTranslations('account.preferences')
  const save = useSavePreference()
  return (
    <>
      <Choice label={t('theme')}>
        <Segmented
          aria-label={t('theme')}
          items={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`themes.${value}`),
          }))}
          value={preferences.theme}
          onValueChange={(theme) => void save({ theme })}
        />
      </Choice>
      <Choice label={t('density')}>
        <Segmented
          aria-label={t('density')}
          items={(['comfortable', 'compact'] as const).map((value) => ({
            value,
            label: t(`densities.${value}`),
          }))}
          value={preferences.density}
          onValueChange={(density) => void save({ density })}
        />
      </Choice>
    </>
  )
}

function Choice({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <div aria-hidden="true" className="mb-[5px] text-control font-medium">
        {label}
      </div>
      {children}
    </div>
  )
}

function ShortcutsChoice({ preferences }: PreferenceProps) {
  const t = useTranslations('account.preferences')
  const save = useSavePreference()
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="inline-flex items-center gap-2.5 text-control">
        <Switch
          id={id}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-note`}
          checked={preferences.singleKeyShortcuts}
          onCheckedChange={(singleKeyShortcuts) => void save({ singleKeyShortcuts })}
        />
        <span id={`${id}-label`}>{t('shortcuts')}</span>
      </label>
      <p id={`${id}-note`} className="mt-[5px] max-w-[68ch] text-meta text-ink-3">
        {t('shortcutsHelp')}
      </p>
    </div>
  )
}
