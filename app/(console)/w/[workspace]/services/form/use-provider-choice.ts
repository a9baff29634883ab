'use client'

import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import {
  defaultOptions,
  keyFormOf,
  offeredProtocol,
  type ProtocolId,
  presetUrl,
} from '@/lib/client/provider-form.ts'
import { emptyKey, type ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { OptionValues } from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'

interface Choice {
  readonly provider: string
  readonly protocol: ProtocolId
  readonly options: OptionValues
}

/** An address that followed a choice, so that it can be seen. */
export interface MovedUrl {
  readonly from: string
  readonly to: string
}

/** Choosing a provider, a protocol or an extra fills what depends on it, and leaves alone what was typed. */
export function useProviderChoice(manifests: readonly ProviderManifest[]) {
  const { getValues, setValue } = useFormContext<ServiceFormValues>()
  const [provider, protocol, options] = useWatch<
    ServiceFormValues,
    readonly ['provider', 'protocol', 'options']
  >({ name: ['provider', 'protocol', 'options'] })
  const [moved, setMoved] = useState<MovedUrl | null>(null)
  const find = (id: string) => manifests.find((manifest) => manifest.id === id)
  const write = { shouldDirty: true }

  const change = (next: Partial<Choice>) => {
    // A copy: what is read from the form changes with every write below.
    const before = structuredClone(getValues())
    const manifestBefore = find(before.provider)
    const manifest = find(next.provider ?? before.provider)
    if (manifest === undefined) return
    const wanted = { ...before, ...next }
    const after = { ...wanted, protocol: offeredProtocol(manifest, wanted.protocol, wanted.options) }
    setValue('provider', after.provider, { ...write, shouldValidate: before.provider !== after.provider })
    setValue('protocol', after.protocol, write)
    for (const [name, value] of Object.entries(after.options)) setValue(`options.${name}`, value, write)
    moveUrl(before, manifestBefore, presetUrl(manifest, after.protocol, after.options))
    if (sameList(before.models, manifestBefore?.models ?? [])) setValue('models', manifest.models, write)
    const shapeBefore = manifestBefore && shapeOf(manifestBefore, before)
    const shape = shapeOf(manifest, after)
    if (shapeBefore !== undefined && shapeBefore !== shape) setValue('keys', [emptyKey()], write)
  }

  const moveUrl = (before: ServiceFormValues, manifest: ProviderManifest | undefined, preset: string) => {
    const from = before.baseUrl.trim()
    const own = manifest ? presetUrl(manifest, before.protocol, before.options) : ''
    if (from !== '' && from !== own) return
    setValue('baseUrl', preset, { ...write, shouldValidate: from !== '' && preset !== '' })
    if (from !== '' && preset !== '' && from !== preset) setMoved({ from, to: preset })
  }

  return {
    manifest: find(provider),
    provider,
    protocol,
    options,
    moved,
    chooseProvider: (id: string) => {
      const manifest = find(id)
      if (manifest) change({ provider: id, options: defaultOptions(manifest) })
    },
    chooseProtocol: (id: ProtocolId) => change({ protocol: id }),
    setOption: (name: string, value: string) =>
      change({ options: { ...getValues('options'), [name]: value } }),
  }
}

export type ProviderChoice = ReturnType<typeof useProviderChoice>

/** Keys of one shape cannot be kept in fields of another. */
function shapeOf(manifest: ProviderManifest, { protocol, options }: Omit<Choice, 'provider'>): string {
  return (
    keyFormOf(manifest, protocol, options)
      ?.fields.map(({ name }) => name)
      .join(' ') ?? ''
  )
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index])
}
