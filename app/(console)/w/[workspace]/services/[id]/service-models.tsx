'use client'

import { useTranslations } from 'use-intl'
import { Tag } from '@/components/ui/tag.tsx'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

export function ServiceModels({ service: { models } }: { readonly service: UpstreamService }) {
  const t = useTranslations('services.models')
  if (models.length === 0) return <p className="text-control text-ink-3">{t('any')}</p>
  return (
    <ul translate="no" className="flex flex-wrap gap-1.5">
      {models.map((model) => (
        <li key={model} className="max-w-full">
          <Tag mono className="max-w-full truncate">
            {model}
          </Tag>
        </li>
      ))}
    </ul>
  )
}
