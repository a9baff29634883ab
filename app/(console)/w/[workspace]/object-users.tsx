'use client'

import { useTranslations } from 'use-intl'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useGatewayName } from './gateway-name.ts'
import { objectHref } from './object-href.ts'
import { useActivityText } from './use-activity-text.ts'
import { useWorkspace } from './use-workspace.ts'

/** Who uses an object: it would lose something if the object went. */
export interface ObjectUser {
  readonly kind: string
  readonly id: string
  readonly name: string
}

const shownInCell = 2

/** "gw-edge, chat and 3 more" in a table's cell. */
export function UsersCell({ users }: { readonly users: readonly ObjectUser[] }) {
  const t = useTranslations('objects')
  if (users.length === 0) return <span className="text-ink-3">{t('unused')}</span>
  const hidden = users.length - shownInCell
  return (
    <span className="[overflow-wrap:anywhere]">
      {users.slice(0, shownInCell).map((user, index) => (
        <span key={`${user.kind} ${user.id}`}>
          {index > 0 ? t('comma') : null}
          <UserLink user={user} />
        </span>
      ))}
      {hidden > 0 ? (
        <span className="whitespace-nowrap text-ink-3"> {t('more', { count: hidden })}</span>
      ) : null}
    </span>
  )
}

/** All of them, each with its kind, for a drawer or a refusal. */
export function UsersList({ users }: { readonly users: readonly ObjectUser[] }) {
  const { kind } = useActivityText()
  return (
    <ul className="flex max-h-[240px] flex-col gap-1 overflow-y-auto">
      {users.map((user) => (
        <li key={`${user.kind} ${user.id}`} className="flex flex-wrap items-baseline gap-x-2 text-control">
          <UserLink user={user} />
          <span className="text-meta text-ink-3">{kind(user.kind)}</span>
        </li>
      ))}
    </ul>
  )
}

function UserLink({ user }: { readonly user: ObjectUser }) {
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const href = objectHref(workspace, user)
  const name = user.kind === 'gateway' ? gatewayName(user) : user.name
  if (href === null) return <span translate="no">{name}</span>
  return (
    <TextLink plain href={href} translate="no">
      {name}
    </TextLink>
  )
}
