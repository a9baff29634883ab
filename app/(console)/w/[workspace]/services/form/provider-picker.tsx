'use client'

import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Input } from '@/components/ui/input.tsx'
import { TileChoices } from '@/components/ui/tile-choices.tsx'
import { matchesProvider, wordsIn } from '@/lib/client/provider-form.ts'
import { recentProviders, rememberProvider } from '@/lib/client/recent-providers.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'

/** Below it, a search is slower than looking. */
const searchFrom = 8

interface ProviderPickerProps {
  readonly manifests: readonly ProviderManifest[]
  readonly onChoose: (id: string) => void
}

/** Every provider as a tile, those used lately first; found by any name that people call it. */
export function ProviderPicker({ manifests, onChoose }: ProviderPickerProps) {
  const t = useTranslations('services.form')
  const locale = useLocale()
  const { id, field, error, attributes } = useField<ServiceFormValues>({ name: 'provider' })
  const [search, setSearch] = useState('')
  // Read once: a choice must not move the tiles under the pointer.
  const [recent] = useState(recentProviders)
  const rank = (manifest: ProviderManifest) => {
    const place = recent.indexOf(manifest.id)
    return place === -1 ? recent.length : place
  }
  const shown = manifests
    .filter((manifest) => matchesProvider(manifest, search))
    .toSorted((left, right) => rank(left) - rank(right))
  const choose = (provider: string) => {
    rememberProvider(provider)
    onChoose(provider)
  }
  return (
    <FieldFrame id={id} label={t('provider')} error={error} as="group" className="max-w-none">
      {manifests.length >= searchFrom ? (
        <Input
          type="search"
          ref={field.ref}
          aria-label={t('providerSearch')}
          placeholder={t('providerSearch')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const [only] = shown
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            if (only && shown.length === 1) choose(only.id)
          }}
          className="mb-2 max-w-[280px]"
        />
      ) : null}
      <TileChoices
        {...attributes}
        aria-labelledby={`${id}-label`}
        items={shown.map(({ id: value, name, monogram }) => ({
          value,
          title: wordsIn(name, locale),
          monogram,
        }))}
        value={String(field.value)}
        onValueChange={choose}
        onBlur={field.onBlur}
      />
      {shown.length === 0 ? (
        <p role="status" className="py-2 text-control text-ink-3">
          {t('providerNone')}
        </p>
      ) : null}
    </FieldFrame>
  )
}
