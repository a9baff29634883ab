'use client'

import { Tabs } from '@base-ui/react/tabs'
import { parseAsStringEnum, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

const views = ['answer', 'curl', 'raw'] as const

export function useDebugView() {
  return useQueryState(
    'view',
    parseAsStringEnum([...views])
      .withDefault('answer')
      .withOptions({ history: 'push' }),
  )
}

interface DebugViewsProps {
  /** Frames of the latest call; null: none yet. */
  readonly count: number | null
  readonly answer: ReactNode
  readonly curl: ReactNode
  readonly raw: ReactNode
}

/** Model Returned, cURL and Raw output. */
export function DebugViews({ count, answer, curl, raw }: DebugViewsProps) {
  const t = useTranslations('debug')
  const [view, setView] = useDebugView()
  const panels = { answer, curl, raw }
  return (
    <Tabs.Root
      value={view}
      onValueChange={(next) => void setView(views.find((known) => known === next) ?? null)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Tabs.List aria-label={t('views.label')} className="flex gap-5 overflow-x-auto border-b border-line">
        {views.map((id) => (
          <Tabs.Tab
            key={id}
            value={id}
            className="flex h-11 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent text-ink-2 -outline-offset-2 hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink"
          >
            {t(`views.${id}`)}
            {id === 'raw' && count !== null ? (
              <span className="tnum font-normal text-ink-3">{count}</span>
            ) : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {views.map((id) => (
        <Tabs.Panel key={id} value={id} className="flex min-h-0 flex-1 flex-col -outline-offset-2">
          {panels[id]}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
