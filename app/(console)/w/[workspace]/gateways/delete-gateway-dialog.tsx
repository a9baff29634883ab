'use client'

import { useTranslations } from 'use-intl'
import { useDeleteGateway } from '@/lib/client/gateways-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { DeleteUsedDialog } from '../delete-used-dialog.tsx'
import { useWorkspace } from '../use-workspace.ts'

interface DeleteGatewayDialogProps {
  readonly gateway: Gateway
  readonly onDeleted?: () => void
  readonly onClose: () => void
}

/** Asks for the name; a gateway that services or domains use lists them instead. */
export function DeleteGatewayDialog({ gateway, onDeleted, onClose }: DeleteGatewayDialogProps) {
  const t = useTranslations('gateways')
  const { workspace } = useWorkspace()
  const remove = useDeleteGateway(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={gateway.name}
      users={[]}
      consequences={t('deleteConsequences', { requests: gateway.requests24h })}
      onDelete={() => remove.mutateAsync(gateway)}
      onDeleted={() => onDeleted?.()}
      onClose={onClose}
    />
  )
}
