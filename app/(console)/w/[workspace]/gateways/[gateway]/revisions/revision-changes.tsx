'use client'

import { useTranslations } from 'use-intl'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { RevisionChangeView } from '@/lib/domain/revision.ts'
import { FieldChanges } from '../../../field-changes.tsx'
import { objectHref } from '../../../object-href.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useChangeText } from './use-change-text.ts'

interface RevisionChangesProps {
  readonly changes: readonly RevisionChangeView[]
  /** What would change, not what did. */
  readonly planned?: boolean
}

/** What a revision changed or would change, object by object, field by field. */
export function RevisionChanges({ changes, planned = false }: RevisionChangesProps) {
  const t = useTranslations('gateways.revisions')
  const text = useChangeText()
  const { workspace } = useWorkspace()
  if (changes.length === 0) return <p className="text-control text-ink-2">{t('otherWorkspaces')}</p>
  return (
    <ul className="flex flex-col gap-5">
      {changes.map((change) => {
        const href = change.operation === 'deleted' ? null : objectHref(workspace, change)
        return (
          <li key={`${change.kind} ${change.id}`}>
            <p className="mb-1 text-control font-medium">
              {href === null ? (
                text(change)
              ) : (
                <TextLink plain href={href}>
                  {text(change)}
                </TextLink>
              )}
            </p>
            {change.fields.length === 0 ? null : (
              <FieldChanges label={text(change)} changes={change.fields} planned={planned} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
