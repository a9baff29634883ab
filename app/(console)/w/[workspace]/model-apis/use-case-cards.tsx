'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Kbd } from '@/components/ui/kbd.tsx'
import { modelApiUseCases, protocolsOf, routesOf } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../use-workspace.ts'
import { newModelApiHref } from './model-api-href.ts'
import { protocolName } from './protocol-name.ts'

/** The first step: what the API is for, with the protocols offered and how many routes they have. */
export function UseCaseCards() {
  const t = useTranslations('model-apis')
  const names = useTranslations('model-apis.useCases')
  const { workspace } = useWorkspace()
  const cards = modelApiUseCases.map((useCase, index) => ({
    useCase,
    key: String(index + 1),
    title: names(useCase),
    href: newModelApiHref(workspace, useCase),
  }))
  useShellActions(
    cards.map(({ useCase, key, title, href }) => ({
      id: `use-case-${useCase}`,
      group: 'create',
      label: t('createFor', { useCase: title }),
      href,
      shortcut: key,
    })),
  )
  return (
    <ul
      aria-label={t('columns.useCase')}
      className="grid max-w-[840px] grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3"
    >
      {cards.map(({ useCase, key, title, href }) => (
        <li key={useCase}>
          <Link
            href={href}
            aria-keyshortcuts={key}
            className="flex h-full items-start gap-3 rounded-ctl border border-line-strong bg-surface px-3.5 py-2.5 hover:border-line-control hover:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <span className="block text-control font-medium text-ink">{title}</span>
              {protocolsOf(useCase).map((protocol) => (
                <span key={protocol} className="block text-meta text-ink-3">
                  {protocolName(protocol)} · {t('routes', { count: routesOf(useCase, protocol).length })}
                </span>
              ))}
            </span>
            <Kbd keys={key} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
