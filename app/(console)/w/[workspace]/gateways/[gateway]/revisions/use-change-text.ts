'use client'

import { useTranslations } from 'use-intl'
import type { RevisionChangeView } from '@/lib/domain/revision.ts'
import { useActivityText } from '../../../use-activity-text.ts'

/** "Updated inference service qwen_7b". */
export function useChangeText(): (change: RevisionChangeView) => string {
  const t = useTranslations('gateways.revisions')
  const { kind } = useActivityText()
  return (change) => t(`operations.${change.operation}`, { kind: kind(change.kind), name: change.name })
}
