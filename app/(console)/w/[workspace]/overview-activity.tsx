'use client'

import { useTranslations } from 'use-intl'
import { Section } from '@/components/page/section.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { ActivityEntry } from '@/lib/domain/activity.ts'
import { ActivitySentence } from './activity-sentence.tsx'

interface OverviewActivityProps {
  readonly workspace: string
  readonly entries: readonly ActivityEntry[]
}

const rowsMax = 8

export function OverviewActivity({ workspace, entries }: OverviewActivityProps) {
  const t = useTranslations('overview.activity')
  return (
    <Section title={t('title')} note={<TextLink href={`/w/${workspace}/activity`}>{t('all')}</TextLink>}>
      {entries.length === 0 ? (
        <p className="text-control text-ink-2">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line border-b border-line">
          {entries.slice(0, rowsMax).map((entry) => (
            <li
              key={entry.id}
              className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2.5 text-control"
            >
              <span className="min-w-0 flex-1 basis-[260px]">
                <ActivitySentence workspace={workspace} entry={entry} />
              </span>
              <span className="text-meta text-ink-3">
                {entry.actor.name} · <Time value={entry.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
