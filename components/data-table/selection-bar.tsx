'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'

type SelectionBarProps = {
  readonly count: number
  readonly onClear: () => void
  /** Set when more rows can be selected than are shown. */
  readonly total?: number
  readonly onSelectAll?: () => void
  readonly children: ReactNode
}

/** Takes the place of the filter bar while rows are selected. */
export function SelectionBar({ count, onClear, total, onSelectAll, children }: SelectionBarProps) {
  const t = useTranslations('kit')
  return (
    <div className="no-print flex min-h-[calc(var(--ctl)+8px)] flex-wrap items-center gap-2 pb-2">
      <span aria-live="polite" className="tnum text-control font-medium">
        {t('table.selected', { count })}
      </span>
      {total !== undefined && total > count && onSelectAll ? (
        <Button variant="quiet" size="sm" onClick={onSelectAll}>
          {t('table.selectAllCount', { count: total })}
        </Button>
      ) : null}
      {children}
      <Button variant="quiet" size="sm" shortcut="esc" className="ml-auto" onClick={onClear}>
        {t('table.clearSelection')}
      </Button>
    </div>
  )
}
