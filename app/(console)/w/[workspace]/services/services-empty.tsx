'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useWorkspace } from '../use-workspace.ts'
import { newServiceHref } from './service-href.ts'
import { SourceIcon } from './source-icon.tsx'
import { useServicesRefusal } from './use-services-refusal.ts'

/** The four things that people begin with; the others are one press further. */
const choices = ['ai', 'agent', 'fixed', 'kubernetes'] as const

/** First use: what a service is, and its four beginnings as real controls. */
export function ServicesEmpty() {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const refusal = useServicesRefusal('services')
  return (
    <EmptyState title={t('empty.title')} text={refusal ?? t('empty.text')}>
      {refusal === undefined ? (
        <ul className="flex max-w-[560px] flex-col gap-2">
          {choices.map((source) => (
            <li key={source}>
              <Link
                href={newServiceHref(workspace, source)}
                className="flex items-center gap-3.5 rounded-ctl border border-line-strong bg-surface px-3.5 py-2.5 hover:border-line-control hover:bg-hover"
              >
                <SourceIcon source={source} />
                <span className="min-w-0">
                  <span className="block text-control font-medium text-ink">
                    {t(`empty.choices.${source}`)}
                  </span>
                  <span className="block text-meta text-ink-3">{t(`empty.choiceTexts.${source}`)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </EmptyState>
  )
}
