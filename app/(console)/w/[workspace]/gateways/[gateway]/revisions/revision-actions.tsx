'use client'

import { Link2 } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { useCopy } from '@/components/ui/use-copy.ts'
import type { Revision } from '@/lib/domain/revision.ts'
import { useWorkspace } from '../../../use-workspace.ts'

interface RevisionActionsProps {
  readonly revision: Revision
  readonly onRestore: () => void
}

export function RevisionActions({ revision, onRestore }: RevisionActionsProps) {
  const t = useTranslations('gateways.revisions')
  const roleName = useTranslations('members.roles')
  const pathname = usePathname()
  const { role, may } = useWorkspace()
  const { number } = revision
  const { copy } = useCopy(t('link', { number }))
  return (
    <div className="no-print ml-auto flex items-center gap-1">
      {revision.current ? null : (
        <Button
          size="sm"
          aria-label={t('restoreOf', { number })}
          disabledReason={
            may('revisions.restore') ? undefined : t('restoreNotAllowed', { role: roleName(role) })
          }
          onClick={onRestore}
        >
          {t('restore')}
        </Button>
      )}
      <IconButton
        icon={Link2}
        label={t('copyLink', { number })}
        onClick={() => void copy(`${window.location.origin}${pathname}?revision=${number}`)}
      />
    </div>
  )
}
