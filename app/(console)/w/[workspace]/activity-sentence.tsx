'use client'

import { useTranslations } from 'use-intl'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { ActivityEntry } from '@/lib/domain/activity.ts'
import { objectHref } from './object-href.ts'
import { useActivityText } from './use-activity-text.ts'

interface ActivitySentenceProps {
  readonly workspace: string
  readonly entry: ActivityEntry
}

/** "Created inference service qwen_7b", the object a link while it may still exist. */
export function ActivitySentence({ workspace, entry }: ActivitySentenceProps) {
  const t = useTranslations('activity')
  const { action } = useActivityText()
  const href = entry.action.endsWith('.deleted') ? null : objectHref(workspace, entry.object)
  const name = <span translate="no">{entry.object.name}</span>
  return (
    <span className="[overflow-wrap:anywhere]">
      {t.rich('sentence', {
        action: action(entry.action),
        object: () =>
          href === null ? (
            <span className="font-medium">{name}</span>
          ) : (
            <TextLink plain href={href} className="font-medium">
              {name}
            </TextLink>
          ),
      })}
    </span>
  )
}
