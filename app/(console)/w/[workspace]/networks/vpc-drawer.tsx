'use client'

import { useTranslations } from 'use-intl'
import { Drawer } from '@/components/ui/drawer.tsx'
import type { Vpc } from '@/lib/domain/network.ts'
import { DrawerMissing } from '../drawer-missing.tsx'
import { DrawerPart } from '../drawer-part.tsx'
import { UsersList } from '../object-users.tsx'
import type { useObjectDrawer } from '../use-object-drawer.ts'
import { VersionedForm } from '../versioned-form.tsx'
import { useNetworksRefusal } from './list-bar.tsx'
import { VpcFacts } from './vpc-facts.tsx'
import { CreateVpcForm, EditVpcForm } from './vpc-form.tsx'

interface VpcDrawerProps {
  readonly drawer: ReturnType<typeof useObjectDrawer>
  /** Undefined while they load. */
  readonly vpcs: readonly Vpc[] | undefined
  readonly onDelete: (vpc: Vpc) => void
}

export function VpcDrawer({ drawer, vpcs, onDelete }: VpcDrawerProps) {
  const t = useTranslations('networks.vpc')
  const refusal = useNetworksRefusal()
  const { openId, creating, close } = drawer
  const vpc = vpcs?.find(({ id }) => id === openId)
  const mayCreate = creating && refusal === undefined
  return (
    <Drawer
      open={mayCreate || (openId !== null && vpcs !== undefined)}
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={mayCreate ? t('createTitle') : (vpc?.name ?? t('missing'))}
      description={mayCreate ? t('createNote') : vpc?.id}
    >
      {mayCreate ? <CreateVpcForm onDone={close} /> : null}
      {!mayCreate && vpc ? (
        <>
          {refusal === undefined ? (
            <VersionedForm key={vpc.id} latest={vpc}>
              {(edited) => <EditVpcForm edited={edited} onDone={close} onDelete={() => onDelete(vpc)} />}
            </VersionedForm>
          ) : (
            <VpcFacts vpc={vpc} refusal={refusal} />
          )}
          <DrawerPart title={t('usedBy')}>
            {vpc.usedBy.length === 0 ? (
              <p className="text-control text-ink-3">{t('unused')}</p>
            ) : (
              <UsersList users={vpc.usedBy} />
            )}
          </DrawerPart>
        </>
      ) : null}
      {!mayCreate && !vpc ? <DrawerMissing onClose={close} /> : null}
    </Drawer>
  )
}
