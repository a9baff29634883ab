'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useRevokeApiToken } from '@/lib/client/api-tokens-queries.ts'
import type { ApiToken } from '@/lib/domain/api-token.ts'

interface RevokeTokenButtonProps {
  readonly workspace: string | null
  readonly token: ApiToken
}

export function RevokeTokenButton({ workspace, token }: RevokeTokenButtonProps) {
  const t = useTranslations('settings.tokens')
  const revoke = useRevokeApiToken(workspace)
  const [asking, setAsking] = useState(false)
  const { id, name, lastUsedAt } = token
  const confirm = async () => {
    await revoke.mutateAsync(id)
    toast(t('revoked'))
  }
  return (
    <>
      <Button size="sm" variant="quiet" aria-label={t('revokeOf', { name })} onClick={() => setAsking(true)}>
        {t('revoke')}
      </Button>
      {asking ? (
        <ConfirmDialog
          open
          danger
          onOpenChange={() => setAsking(false)}
          title={t('revokeTitle', { name })}
          description={t('revokeBody')}
          confirmLabel={t('revokeConfirm')}
          keepLabel={t('keep')}
          onConfirm={confirm}
        >
          <p className="text-control text-ink-2">
            {lastUsedAt === null
              ? t('revokeNeverUsed')
              : t.rich('revokeLastUsed', { time: () => <Time value={lastUsedAt} /> })}
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
