'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { type Consumer, type Credential, credentialsMax } from '@/lib/domain/consumer.ts'
import { credentialName } from '../credential-text.tsx'
import { useConsumersRefusal } from '../use-consumers-refusal.ts'
import { AddCredentialDrawer } from './add-credential-drawer.tsx'
import { RemoveCredentialDialog } from './remove-credential-dialog.tsx'
import { RotateCredentialDialog } from './rotate-credential-dialog.tsx'
import { useCredentialColumns } from './use-credential-columns.tsx'

/** What is being done, with which one. */
type Act = { readonly kind: 'add' } | { readonly kind: 'rotate' | 'remove'; readonly credential: Credential }

/** How the consumer may say who it is; each is rotated and removed by itself. */
export function CredentialsSection({ consumer }: { readonly consumer: Consumer }) {
  const t = useTranslations('consumers.credentials')
  const columns = useCredentialColumns()
  const refusal = useConsumersRefusal()
  const [act, setAct] = useState<Act | null>(null)
  const { id, credentials } = consumer
  const full = credentials.length >= credentialsMax ? t('full', { max: credentialsMax }) : undefined
  const close = () => setAct(null)
  return (
    <>
      {credentials.length === 0 ? (
        <p className="text-control text-ink-2">{t('none')}</p>
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={credentials}
          rowId={(credential) => credential.id}
          rowName={credentialName}
          rowActions={(credential) => (
            <MoreMenu label={t('actionsFor', { name: credentialName(credential) })}>
              <MenuItem
                disabledReason={refusal ?? (isRotatable(credential) ? undefined : t('notRotatable'))}
                onSelect={() => setAct({ kind: 'rotate', credential })}
              >
                {t('rotate')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem
                danger
                disabledReason={refusal}
                onSelect={() => setAct({ kind: 'remove', credential })}
              >
                {t('remove')}
              </MenuItem>
            </MoreMenu>
          )}
        />
      )}
      <Button
        size="sm"
        icon={Plus}
        className="mt-3"
        disabledReason={refusal ?? full}
        onClick={() => setAct({ kind: 'add' })}
      >
        {t('add')}
      </Button>
      {act?.kind === 'add' ? <AddCredentialDrawer consumerId={id} onClose={close} /> : null}
      {act?.kind === 'rotate' ? (
        <RotateCredentialDialog consumerId={id} credential={act.credential} onClose={close} />
      ) : null}
      {act?.kind === 'remove' ? (
        <RemoveCredentialDialog consumerId={id} credential={act.credential} onClose={close} />
      ) : null}
    </>
  )
}

/** Public keys are changed by whoever issues the tokens. */
function isRotatable(credential: Credential): boolean {
  return credential.type !== 'jwt' || credential.keys.from === 'secret'
}
