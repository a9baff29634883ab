'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { TextField } from '@/components/form/text-field.tsx'
import { workspaceQueries } from '@/lib/client/workspaces-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { CopyTextButton } from './copy-text-button.tsx'
import { ForeignVSwitchesField } from './foreign-vswitches-field.tsx'

/** A VPC of another workspace: what to ask its people for, and where their answers go. */
export function ForeignVpcFields({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateway-access')
  return (
    <>
      <AskFor gateway={gateway} />
      <TextField<{ vpcId: string }>
        name="vpcId"
        label={t('vpcId')}
        help={t('vpcIdHelp')}
        placeholder="vpc_…"
        mono
      />
      <ForeignVSwitchesField label={t('vswitchIds')} />
    </>
  )
}

function AskFor({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateway-access.ask')
  const { workspace } = useWorkspace()
  const installation = useQuery(workspaceQueries.detail(workspace)).data?.installation
  const zones = (installation?.gatewayZones ?? installation?.zones ?? []).join(', ')
  return (
    <div className="rounded-ctl border border-line bg-raised px-3 py-2.5 text-control">
      <div className="flex items-center justify-between gap-3">
        <p className="font-medium text-ink">{t('title')}</p>
        <CopyTextButton
          label={t('copyMessage')}
          name={t('message')}
          text={() => t('text', { gateway: gateway.name, workspace, zones })}
        />
      </div>
      <ol className="mt-1 list-decimal space-y-1 pl-5 text-ink-2">
        <li>{t('vpc')}</li>
        <li>{t('vswitches', { zones })}</li>
        <li>{t('consent')}</li>
      </ol>
    </div>
  )
}
