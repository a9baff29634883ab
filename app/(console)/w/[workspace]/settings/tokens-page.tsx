'use client'

import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useWorkspace } from '../use-workspace.ts'
import { ApiTokens } from './api-tokens.tsx'

export function TokensPage() {
  const t = useTranslations('settings.tokens')
  const roleName = useTranslations('members.roles')
  const { workspace, role, may } = useWorkspace()
  if (!may('api-tokens.read')) {
    return <EmptyState title={t('title')} text={t('notAllowed', { role: roleName(role) })} />
  }
  return <ApiTokens workspace={workspace} roleMax={role} note={t('note')} />
}
