'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page/page-header.tsx'
import { serviceSources } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { newServiceHref } from '../service-href.ts'
import { SourceIcon } from '../source-icon.tsx'

/** Every kind of backend, each a link to its form. */
export function SourceChoice() {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  return (
    <>
      <PageHeader title={t('create')} />
      <h2 className="text-h2 text-ink">{t('sourceQuestion')}</h2>
      <p className="mt-1 text-control text-ink-3">{t('sourceStays')}</p>
      <ul className="grid max-w-[860px] grid-cols-1 gap-2 py-4 pb-12 md:grid-cols-2">
        {serviceSources.map((source) => (
          <li key={source}>
            <Link
              href={newServiceHref(workspace, source)}
              className="flex h-full items-start gap-3.5 rounded-ctl border border-line-strong bg-surface px-3.5 py-3 hover:border-line-control hover:bg-hover"
            >
              <span className="mt-px">
                <SourceIcon source={source} />
              </span>
              <span className="min-w-0">
                <span className="block text-control font-medium text-ink">{t(`sources.${source}`)}</span>
                <span className="block text-meta text-ink-3">{t(`sourceTexts.${source}`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
