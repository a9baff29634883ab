'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { memberQueries } from '@/lib/client/members-queries.ts'
import type { Member } from '@/lib/domain/member.ts'
import { useWorkspace } from '../use-workspace.ts'

interface ManagingMembers {
  /** Why the reader may not manage members, naming who may; undefined when they may. */
  readonly refusal: string | undefined
  /** Why this member can neither be removed nor demoted; undefined when they can. */
  readonly keepReason: (member: Member) => string | undefined
}

export function useManagingMembers(): ManagingMembers {
  const t = useTranslations('members')
  const format = useFormatter()
  const { workspace, may } = useWorkspace()
  const { data: members = [] } = useQuery(memberQueries.list(workspace))
  const owners = members.filter((member) => member.role === 'owner')
  const names = format.list(
    owners.map(({ name }) => name),
    { type: 'disjunction' },
  )
  return {
    refusal: may('members.write')
      ? undefined
      : owners.length > 0
        ? t('notAllowed', { owners: names })
        : t('notAllowedNobody'),
    keepReason: (member) => (member.role === 'owner' && owners.length === 1 ? t('onlyOwner') : undefined),
  }
}
