'use client'

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Button } from '@/components/ui/button.tsx'
import { serviceTokenQueries } from '@/lib/client/service-tokens-queries.ts'
import { useMay } from '@/lib/client/use-may.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import { RotateTokenDialog } from '../invocation/rotate-token-dialog.tsx'
import { EndTokenDialog } from './end-token-dialog.tsx'
import { useTokenColumns } from './token-columns.tsx'
import { TokenLimitDialog } from './token-limit-dialog.tsx'

type ServiceTokensProps = { readonly workspace: string; readonly service: InferenceService }

/** The active token and those that still work until their grace ends. */
export function ServiceTokens({ workspace, service }: ServiceTokensProps) {
  const t = useTranslations('inference-services')
  const mayWrite = useMay(workspace, 'inference-services.write')
  const [rotating, setRotating] = useState(false)
  const [ending, setEnding] = useState<ServiceToken | null>(null)
  const [limiting, setLimiting] = useState<ServiceToken | null>(null)
  const tokens = useQuery(serviceTokenQueries.list(workspace, service.id))
  const columns = useTokenColumns(workspace, service, setLimiting)
  const off = mayWrite ? undefined : t('actions.mayNotWrite')
  return (
    <div className="flex flex-col gap-4 py-6">
      <p className="max-w-[68ch] text-control text-ink-2">{t('tokens.note')}</p>
      <DataTable
        label={t('tokens.label')}
        columns={columns}
        rows={tokens.data}
        rowId={(token) => token.id}
        rowName={(token) => token.hint}
        skeletonRows={1}
        {...(tokens.error && !tokens.data ? { error: tokens.error } : {})}
        errorTitle={t('tokens.failed')}
        onRetry={() => void tokens.refetch()}
        rowActions={(token) =>
          token.expiresAt === null ? (
            <Button size="sm" icon={RefreshCw} onClick={() => setRotating(true)} disabledReason={off}>
              {t('tokens.rotate')}
            </Button>
          ) : (
            <Button size="sm" onClick={() => setEnding(token)} disabledReason={off}>
              {t('tokens.endNow')}
            </Button>
          )
        }
      />
      <RotateTokenDialog
        workspace={workspace}
        service={service}
        active={tokens.data?.find((token) => token.expiresAt === null)}
        open={rotating}
        onOpenChange={setRotating}
      />
      {limiting ? (
        <TokenLimitDialog
          workspace={workspace}
          service={service}
          token={limiting}
          onClose={() => setLimiting(null)}
        />
      ) : null}
      {ending ? (
        <EndTokenDialog
          workspace={workspace}
          service={service}
          token={ending}
          onOpenChange={() => setEnding(null)}
        />
      ) : null}
    </div>
  )
}
