'use client'

import { useTranslations } from 'use-intl'
import { Drawer } from '@/components/ui/drawer.tsx'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import { DrawerMissing } from '../../drawer-missing.tsx'
import { DrawerPart } from '../../drawer-part.tsx'
import { UsersList } from '../../object-users.tsx'
import type { useObjectDrawer } from '../../use-object-drawer.ts'
import { VersionedForm } from '../../versioned-form.tsx'
import { useNetworksRefusal } from '../list-bar.tsx'
import { RulesTable } from './rules-table.tsx'
import { CreateSecurityGroupForm, EditSecurityGroupForm } from './security-group-form.tsx'

interface SecurityGroupDrawerProps {
  readonly drawer: ReturnType<typeof useObjectDrawer>
  readonly groups: readonly SecurityGroup[] | undefined
  readonly onDelete: (group: SecurityGroup) => void
}

export function SecurityGroupDrawer({ drawer, groups, onDelete }: SecurityGroupDrawerProps) {
  const t = useTranslations('networks.group')
  const refusal = useNetworksRefusal()
  const { openId, creating, close } = drawer
  const group = groups?.find(({ id }) => id === openId)
  const mayCreate = creating && refusal === undefined
  return (
    <Drawer
      open={mayCreate || (openId !== null && groups !== undefined)}
      onOpenChange={(open) => {
        if (!open) close()
      }}
      width={720}
      title={mayCreate ? t('createTitle') : (group?.name ?? t('missing'))}
      description={t('where')}
    >
      {mayCreate ? <CreateSecurityGroupForm onDone={close} /> : null}
      {!mayCreate && group ? (
        <>
          {refusal === undefined ? (
            <VersionedForm key={group.id} latest={group}>
              {(edited) => (
                <EditSecurityGroupForm edited={edited} onDone={close} onDelete={() => onDelete(group)} />
              )}
            </VersionedForm>
          ) : (
            <RulesTable group={group} refusal={refusal} />
          )}
          <DrawerPart title={t('usedBy')}>
            {group.usedBy.length === 0 ? (
              <p className="text-control text-ink-3">{t('unused')}</p>
            ) : (
              <UsersList users={group.usedBy} />
            )}
          </DrawerPart>
        </>
      ) : null}
      {!mayCreate && !group ? <DrawerMissing onClose={close} /> : null}
    </Drawer>
  )
}
