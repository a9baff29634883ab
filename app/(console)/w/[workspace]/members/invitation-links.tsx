'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { CopyButton } from '@/components/ui/copy-button.tsx'
import { copyText } from '@/components/ui/copy-text.ts'
import type { Invitation } from '@/lib/domain/member.ts'

interface InvitationLinksProps {
  readonly invitations: readonly Invitation[]
  readonly onClose: () => void
}

export function InvitationLinks({ invitations, onClose }: InvitationLinksProps) {
  const t = useTranslations('members.inviteDialog')
  const links = invitations.flatMap(({ id, email, url }) => (url === null ? [] : [{ id, email, url }]))
  const copyAll = async () => {
    if (await copyText(links.map(({ email, url }) => `${email} ${url}`).join('\n'))) toast(t('copied'))
  }
  return (
    <>
      <ul className="max-h-[50vh] divide-y divide-line overflow-y-auto border-y border-line">
        {links.map(({ id, email, url }) => (
          <li key={id} className="flex items-start gap-3 py-2.5">
            <div className="min-w-0 flex-1">
              <div className="text-control font-medium">{email}</div>
              <code className="block select-all break-all font-mono text-meta text-ink-2">{url}</code>
            </div>
            <CopyButton value={url} name={t('linkOf', { email })} />
          </li>
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        {links.length > 1 ? <Button onClick={() => void copyAll()}>{t('copyAll')}</Button> : null}
        <Button variant="primary" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </>
  )
}
