'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApiHref } from '../model-api-href.ts'

interface TakenNoteProps {
  readonly message: 'nameTaken' | 'placeTaken'
  readonly owner: ModelApi
  /** A way out, in one press. */
  readonly repair?: ReactNode
}

/** Under a field: which API has what was written, with a link to it. */
export function TakenNote({ message, owner, repair }: TakenNoteProps) {
  const t = useTranslations('model-apis.form')
  const { workspace } = useWorkspace()
  return (
    <div role="status" className="-mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-meta">
      <StatusText tone="warn">
        <span>
          {t.rich(message, {
            owner: () => (
              <TextLink href={modelApiHref(workspace, owner.id)} target="_blank" translate="no">
                {owner.name}
              </TextLink>
            ),
          })}
        </span>
      </StatusText>
      {repair}
    </div>
  )
}
