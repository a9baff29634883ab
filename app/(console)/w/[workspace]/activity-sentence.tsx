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
  return (
    <span className="[overflow-wrap:anywhere]">
      {t.rich('sentence', {
        action: action(entry.action),
        object: () => <ObjectLink workspace={workspace} entry={entry} />,
      })}
    </span>
  )
}

export function ObjectLink({ workspace, entry }: ActivitySentenceProps) {
  const { object } = entry
  const href = entry.action.endsWith('.deleted') ? null : objectHref(workspace, object)
  if (href === null) {
    return (
      <span translate="no" className="font-medium">
        {object.name}
      </span>
    )
  }
  return (
    <TextLink plain href={href} translate="no" className="font-medium">
      {object.name}
    </TextLink>
  )
}
