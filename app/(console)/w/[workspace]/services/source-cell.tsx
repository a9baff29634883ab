'use client'

import { useLocale, useTranslations } from 'use-intl'
import { Monogram } from '@/components/ui/monogram.tsx'
import { wordsIn } from '@/lib/client/provider-form.ts'
import type { ServiceSource, UpstreamService } from '@/lib/domain/upstream-service.ts'

/** Tiles of what has no provider. */
const tiles: Record<ServiceSource, string> = {
  ai: 'AI',
  agent: 'A',
  dns: 'DNS',
  fixed: 'IP',
  kubernetes: 'K8s',
  sae: 'SAE',
  'function-compute': 'FC',
  nacos: 'N',
}

interface SourceCellProps {
  readonly service: Pick<UpstreamService, 'source' | 'provider'>
}

/** Who answers: the provider's name, or the kind of address. */
export function SourceCell({ service: { source, provider } }: SourceCellProps) {
  const t = useTranslations('services')
  const locale = useLocale()
  return (
    <span className="flex items-center gap-2">
      <Monogram text={provider?.monogram ?? tiles[source]} />
      <span className="min-w-0">
        <span className="block [overflow-wrap:anywhere]">
          {provider ? wordsIn(provider.name, locale) : t(`sources.${source}`)}
        </span>
        {provider ? (
          <span className="block text-meta text-ink-3 max-md:hidden">{t(`sources.${source}`)}</span>
        ) : null}
      </span>
    </span>
  )
}
