'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { DrawerMissing } from '../drawer-missing.tsx'
import { useObjectDrawer } from '../use-object-drawer.ts'
import { useWorkspace } from '../use-workspace.ts'
import { CreateDomainForm } from './create-domain-form.tsx'
import { DomainDetails } from './domain-details.tsx'
import { UpdateDomainForm } from './update-domain-form.tsx'

interface DomainDrawerProps {
  /** New domains are of this gateway; without it the form asks for one. */
  readonly gatewayId?: string
}

/** Creates a domain, then shows the record to make for it; the same for those that exist. */
export function DomainDrawer({ gatewayId }: DomainDrawerProps) {
  const t = useTranslations('domain-form')
  const { openId, creating, show, close } = useObjectDrawer()
  if (creating) {
    return (
      <Drawer open onOpenChange={close} title={t('createTitle')}>
        <CreateDomainForm
          {...(gatewayId === undefined ? {} : { gatewayId })}
          onCreated={({ id }) => show(id)}
          onCancel={close}
        />
      </Drawer>
    )
  }
  return openId === null ? null : <ExistingDomain key={openId} id={openId} onClose={close} />
}

function ExistingDomain({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const { data, error, isPending, refetch } = useQuery({
    ...domainQueries.detail(workspace, id),
    // Nodes take it up without an event of the domain's own.
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 1000 : false),
  })
  const [editing, setEditing] = useState(false)
  const missing = error instanceof ConsoleApiError && error.status === 404
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={
        <span translate="no" className="[overflow-wrap:anywhere]">
          {data?.unicodeName ?? t('domain')}
        </span>
      }
      footer={
        data?.editable && !editing ? <Button onClick={() => setEditing(true)}>{t('edit')}</Button> : undefined
      }
    >
      <Delayed loading={isPending} skeleton={<FieldsSkeleton />}>
        {missing ? <DrawerMissing onClose={onClose} /> : null}
        {error && !data && !missing ? (
          <ErrorState title={t('loadFailed')} error={error} onRetry={() => void refetch()} />
        ) : null}
        {data && !editing ? <DomainDetails domain={data} /> : null}
        {data && editing ? (
          <UpdateDomainForm key={data.id} domain={data} onDone={() => setEditing(false)} />
        ) : null}
      </Delayed>
    </Drawer>
  )
}

function isUnderWay({ effect }: Domain): boolean {
  return effect === 'publishing' || effect === 'waiting-for-certificate'
}
