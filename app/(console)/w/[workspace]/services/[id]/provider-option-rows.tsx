'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { FactRow } from '@/components/page/facts.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { shownOptions, wordsIn } from '@/lib/client/provider-form.ts'
import { providerQueries } from '@/lib/client/providers-queries.ts'
import { serviceConfig } from '@/lib/client/service-form-values.ts'
import type { ProviderOption } from '@/lib/domain/provider-manifest.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { objectHref } from '../../object-href.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** A provider's extras as they were chosen, by the words of its manifest. */
export function ProviderOptionRows({ service }: { readonly service: UpstreamService }) {
  const locale = useLocale()
  const manifests = useQuery({ ...providerQueries.list(), enabled: service.provider !== null }).data
  const manifest = manifests?.find(({ id }) => id === service.provider?.id)
  if (manifest === undefined) return null
  const { options } = serviceConfig(service)
  return shownOptions(manifest, options)
    .map((option) => ({ option, value: options[option.name] ?? option.default ?? '' }))
    .filter(({ value }) => value !== '')
    .map(({ option, value }) => (
      <FactRow key={option.name} label={wordsIn(option.label, locale)}>
        <OptionText option={option} value={value} />
      </FactRow>
    ))
}

interface OptionTextProps {
  readonly option: ProviderOption
  readonly value: string
}

function OptionText({ option, value }: OptionTextProps) {
  const t = useTranslations('services.settings')
  const locale = useLocale()
  if (option.kind === 'switch') {
    const isOn = value === 'true'
    return t(isOn ? 'on' : 'off')
  }
  if (option.kind === 'service') return <InferenceServiceLink id={value} />
  const choice = option.choices.find((one) => one.value === value)
  if (choice) return wordsIn(choice.label, locale)
  return <span className="font-mono text-code [overflow-wrap:anywhere]">{value}</span>
}

function InferenceServiceLink({ id }: { readonly id: string }) {
  const { workspace } = useWorkspace()
  const name = useQuery(inferenceServiceQueries.detail(workspace, id)).data?.name ?? id
  const href = objectHref(workspace, { kind: 'inference-service', id })
  return href === null ? (
    name
  ) : (
    <TextLink plain href={href} translate="no">
      {name}
    </TextLink>
  )
}
