'use client'

import { useTranslations } from 'use-intl'
import { SelectionBar } from '@/components/data-table/selection-bar.tsx'
import { Button } from '@/components/ui/button.tsx'
import { useMay } from '@/lib/client/use-may.ts'

type ServicesSelectionBarProps = {
  readonly workspace: string
  readonly count: number
  readonly onStop: () => void
  readonly onStart: () => void
  readonly onMove: () => void
  readonly onDelete: () => void
  readonly onClear: () => void
}

export function ServicesSelectionBar(props: ServicesSelectionBarProps) {
  const { workspace, count, onStop, onStart, onMove, onDelete, onClear } = props
  const t = useTranslations('inference-services.actions')
  const off = useMay(workspace, 'inference-services.write') ? undefined : t('mayNotWrite')
  return (
    <SelectionBar count={count} onClear={onClear}>
      <Button size="sm" onClick={onStop} disabledReason={off}>
        {t('stop')}
      </Button>
      <Button size="sm" onClick={onStart} disabledReason={off}>
        {t('start')}
      </Button>
      <Button size="sm" onClick={onMove} disabledReason={off}>
        {t('move')}
      </Button>
      <Button size="sm" onClick={onDelete} disabledReason={off}>
        {t('delete')}
      </Button>
    </SelectionBar>
  )
}
