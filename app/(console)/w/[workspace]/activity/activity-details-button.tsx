'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import type { ActivityEntry } from '@/lib/domain/activity.ts'
import { useActivityText } from '../use-activity-text.ts'

interface ActivityDetailsButtonProps {
  readonly entry: ActivityEntry
  readonly onOpen: (id: string) => void
}

export function ActivityDetailsButton({ entry, onOpen }: ActivityDetailsButtonProps) {
  const t = useTranslations('activity')
  const { action } = useActivityText()
  const count = entry.changes.length
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={t('details.open', { action: action(entry.action), object: entry.object.name })}
      onClick={() => onOpen(entry.id)}
    >
      {count === 0 ? t('details.short') : t('fieldCount', { count })}
    </Button>
  )
}
