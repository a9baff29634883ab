'use client'

import { useTranslations } from 'use-intl'
import { Drawer } from '@/components/ui/drawer.tsx'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { CreateDomainForm } from '../../domain-form/create-domain-form.tsx'

interface AddDomainDrawerProps {
  readonly gatewayId: string
  readonly onCreated: (domain: Domain) => void
  readonly onClose: () => void
}

/** A domain name made without leaving the form that needs it. */
export function AddDomainDrawer({ gatewayId, onCreated, onClose }: AddDomainDrawerProps) {
  const t = useTranslations('domain-form')
  return (
    <Drawer open onOpenChange={onClose} title={t('createTitle')}>
      {/* The form around this one would take its submit for its own. */}
      <div onSubmit={(event) => event.stopPropagation()}>
        <CreateDomainForm
          gatewayId={gatewayId}
          onCreated={(domain) => {
            onCreated(domain)
            onClose()
          }}
          onCancel={onClose}
        />
      </div>
    </Drawer>
  )
}
