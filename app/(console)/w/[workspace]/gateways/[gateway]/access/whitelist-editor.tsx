'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { gatewayAccessQueries, type WhitelistPlace } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { AddBlocks } from './add-blocks.tsx'
import { useWhitelistChanges } from './use-whitelist-changes.ts'
import { WhitelistTable } from './whitelist-table.tsx'
import { WhitelistWarnings } from './whitelist-warnings.tsx'

interface WhitelistEditorProps {
  readonly gateway: Gateway
  readonly place: WhitelistPlace
}

/** The blocks whose addresses may call, with everything that goes wrong with such lists said beside it. */
export function WhitelistEditor({ gateway, place }: WhitelistEditorProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const { data, error, isPending, refetch } = useQuery(
    gatewayAccessQueries.whitelist(workspace, gateway.id, place),
  )
  const changes = useWhitelistChanges({ gateway, place, list: data })
  // A new key empties the field after blocks were added.
  const [added, setAdded] = useState(0)
  return (
    <Delayed loading={isPending} skeleton={<FieldsSkeleton />}>
      {error && !data ? (
        <ErrorState title={t('whitelistFailed')} error={error} onRetry={() => void refetch()} />
      ) : null}
      {data ? (
        <>
          <WhitelistWarnings
            blocks={data.items}
            internet={place === 'internet'}
            onRemove={gateway.editable ? changes.remove : undefined}
          />
          <WhitelistTable
            list={data}
            onRemove={gateway.editable ? changes.remove : undefined}
            onRename={gateway.editable ? changes.rename : undefined}
          />
          <FailureText error={changes.failure} />
          {gateway.editable ? (
            <AddBlocks
              key={added}
              list={data}
              onAdd={async (change) => {
                if (await changes.add(change)) setAdded((count) => count + 1)
              }}
            />
          ) : (
            <p className="mt-3 text-meta text-ink-3">{t('readOnly')}</p>
          )}
          <ConfirmDialog
            open={changes.asked !== null}
            onOpenChange={changes.keep}
            title={t('lockOutTitle')}
            description={t('lockOutText', { address: data.callerAddress ?? '' })}
            confirmLabel={t('lockOutConfirm')}
            keepLabel={t('lockOutKeep')}
            danger
            onConfirm={changes.confirm}
          />
        </>
      ) : null}
    </Delayed>
  )
}
