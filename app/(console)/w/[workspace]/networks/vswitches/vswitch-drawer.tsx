'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import type { VSwitch } from '@/lib/domain/network.ts'
import { DrawerMissing } from '../../drawer-missing.tsx'
import { DrawerPart } from '../../drawer-part.tsx'
import { UsersList } from '../../object-users.tsx'
import type { useObjectDrawer } from '../../use-object-drawer.ts'
import { useNetworksRefusal } from '../list-bar.tsx'
import { CreateVSwitchForm } from './create-vswitch-form.tsx'
import { EditVSwitchForm } from './edit-vswitch-form.tsx'
import { VSwitchFacts } from './vswitch-facts.tsx'

interface VSwitchDrawerProps {
  readonly drawer: ReturnType<typeof useObjectDrawer>
  /** Chosen first when one is made. */
  readonly vpcId: string | null
  readonly vswitches: readonly VSwitch[] | undefined
  readonly onDelete: (vswitch: VSwitch) => void
}

export function VSwitchDrawer({ drawer, vpcId, vswitches, onDelete }: VSwitchDrawerProps) {
  const t = useTranslations('networks')
  const refusal = useNetworksRefusal()
  const { openId, creating, close } = drawer
  const vswitch = vswitches?.find(({ id }) => id === openId)
  const mayCreate = creating && refusal === undefined
  return (
    <Drawer
      open={mayCreate || (openId !== null && vswitches !== undefined)}
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={mayCreate ? t('vswitch.createTitle') : (vswitch?.name ?? t('vswitch.missing'))}
      description={mayCreate ? t('vswitch.createNote') : vswitch?.id}
    >
      {mayCreate ? <CreateVSwitchForm vpcId={vpcId} siblings={vswitches ?? []} onDone={close} /> : null}
      {!mayCreate && vswitch ? (
        <>
          {refusal === undefined ? (
            <EditVSwitchForm
              key={`${vswitch.id} ${vswitch.version}`}
              vswitch={vswitch}
              onDone={close}
              onDelete={() => onDelete(vswitch)}
            />
          ) : (
            <Callout tone="info">{refusal}</Callout>
          )}
          <VSwitchFacts vswitch={vswitch} />
          <DrawerPart title={t('columns.usedBy')}>
            {vswitch.usedBy.length === 0 ? (
              <p className="text-control text-ink-3">{t('vswitch.unused')}</p>
            ) : (
              <UsersList users={vswitch.usedBy} />
            )}
          </DrawerPart>
        </>
      ) : null}
      {!mayCreate && !vswitch ? <DrawerMissing onClose={close} /> : null}
    </Drawer>
  )
}
