'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { FactRows } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { Button } from '@/components/ui/button.tsx'
import { gatewayAccessQueries } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { AddVpcDrawer } from './add-vpc-drawer.tsx'
import { ConsentNotices } from './consent-notices.tsx'
import { EditVpcDrawer } from './edit-vpc-drawer.tsx'
import { EnableNetworkDrawer } from './enable-network-drawer.tsx'
import { EndpointRows } from './endpoint-rows.tsx'
import { useVpcColumns } from './use-vpc-columns.tsx'
import { VpcRowMenu } from './vpc-row-menu.tsx'
import { VpcWhitelistDrawer } from './vpc-whitelist-drawer.tsx'

/** The VPCs whose callers a dedicated gateway takes for inside. */
export function VpcAccess({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const { data: links, error, refetch } = useQuery(gatewayAccessQueries.vpcs(workspace, gateway.id))
  const columns = useVpcColumns(gateway.type)
  const [{ enable, list, edit }, setDrawer] = useQueryStates(
    { enable: parseAsStringLiteral(['vpc']), list: parseAsString, edit: parseAsString },
    { history: 'push' },
  )
  const close = () => void setDrawer({ enable: null, list: null, edit: null })
  const listed = links?.find(({ id }) => id === list)
  const edited = gateway.editable ? links?.find(({ id }) => id === edit) : undefined
  // An ALB gateway stands in one VPC.
  const full = gateway.type === 'alb' && (links?.length ?? 0) > 0
  const addButton = (
    <Button
      variant="primary"
      icon={Plus}
      disabledReason={gateway.editable ? undefined : t('readOnly')}
      onClick={() => void setDrawer({ enable: 'vpc' })}
    >
      {t('addVpc')}
    </Button>
  )
  return (
    <>
      {links?.length === 0 ? (
        <EmptyState title={t('noVpc')} text={t('noVpcText')} actions={addButton} />
      ) : (
        <>
          <Section title={t('vpcSide')} note={t('vpcSideNote')}>
            <FactRows>
              <EndpointRows gateway={gateway} side="vpc" />
            </FactRows>
          </Section>
          <div className="border-t border-line py-5">
            <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
              <h2 className="text-h2 text-ink">{t('vpcs')}</h2>
              {full ? null : addButton}
            </div>
            <ConsentNotices links={links ?? []} />
            <DataTable
              label={t('vpcs')}
              columns={columns}
              rows={links}
              rowId={({ id }) => id}
              rowName={({ vpc }) => vpc.name}
              rowActions={(link) => (
                <VpcRowMenu
                  gateway={gateway}
                  link={link}
                  onWhitelist={() => void setDrawer({ list: link.id })}
                  onEdit={() => void setDrawer({ edit: link.id })}
                />
              )}
              skeletonRows={2}
              error={links ? undefined : (error ?? undefined)}
              errorTitle={t('vpcsFailed')}
              onRetry={() => void refetch()}
            />
          </div>
        </>
      )}
      {enable === 'vpc' && gateway.type === 'alb' ? (
        <EnableNetworkDrawer gateway={gateway} side="vpc" onClose={close} />
      ) : null}
      {enable === 'vpc' && gateway.type === 'managed' ? (
        <AddVpcDrawer gateway={gateway} links={links ?? []} onClose={close} />
      ) : null}
      {edited ? (
        <EditVpcDrawer key={edited.id} gateway={gateway} link={edited} links={links ?? []} onClose={close} />
      ) : null}
      {listed ? <VpcWhitelistDrawer gateway={gateway} link={listed} onClose={close} /> : null}
    </>
  )
}
