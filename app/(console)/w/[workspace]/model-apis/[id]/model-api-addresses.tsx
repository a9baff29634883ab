'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'

/** Every whole address, to copy. */
export function ModelApiAddresses({ api: { addresses } }: { readonly api: ModelApi }) {
  const t = useTranslations('model-apis')
  const paths = [...new Set(addresses.map(({ path }) => path))]
  if (paths.length === 0) return <p className="text-control text-ink-2">{t('noAddress')}</p>
  return (
    <FactRows>
      {paths.map((path) => (
        <FactRow
          key={path}
          wide
          label={<span className="font-mono text-meta [overflow-wrap:anywhere]">{path}</span>}
        >
          <span className="flex flex-col items-start gap-1">
            {addresses
              .filter((address) => address.path === path)
              .map(({ url }) => (
                <MonoValue key={url} value={url} name={t('route.address')} />
              ))}
          </span>
        </FactRow>
      ))}
    </FactRows>
  )
}
