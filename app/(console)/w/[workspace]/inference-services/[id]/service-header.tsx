'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { serviceTokenQueries } from '@/lib/client/service-tokens-queries.ts'
import { useMay } from '@/lib/client/use-may.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { ActionFailures } from '../action-failures.tsx'
import { DeleteServiceDialog } from '../delete-service-dialog.tsx'
import { RotateTokenDialog } from '../invocation/rotate-token-dialog.tsx'
import { serviceHref, servicesHref } from '../service-href.ts'
import { ServiceStatusLine } from '../service-status.tsx'
import { useServiceActions } from '../use-service-actions.ts'

type ServiceHeaderProps = { readonly workspace: string; readonly service: InferenceService }

export function ServiceHeader({ workspace, service }: ServiceHeaderProps) {
  const t = useTranslations('inference-services.actions')
  const router = useRouter()
  const [dialog, setDialog] = useState<'rotate' | 'delete' | null>(null)
  const { stop, start, failures, setFailures } = useServiceActions(workspace)
  const off = useMay(workspace, 'inference-services.write') ? undefined : t('mayNotWrite')
  const { data: tokens } = useQuery(serviceTokenQueries.list(workspace, service.id))
  const editHref = serviceHref(workspace, service.id, 'edit')
  const toggle = () => void (service.running ? stop([service]) : start([service]))
  useShellActions(
    off === undefined
      ? [
          { id: 'service-edit', group: 'page', label: t('update'), href: editHref, shortcut: 'e' },
          { id: 'service-toggle', group: 'page', label: t(service.running ? 'stop' : 'start'), run: toggle },
          { id: 'service-rotate', group: 'page', label: t('rotate'), run: () => setDialog('rotate') },
          { id: 'service-delete', group: 'page', label: t('deleteLong'), run: () => setDialog('delete') },
        ]
      : [],
  )
  const close = () => setDialog(null)
  return (
    <>
      <PageHeader
        title={service.name}
        translated={false}
        status={<ServiceStatusLine service={service} />}
        actions={
          <>
            {off === undefined ? (
              <ButtonLink href={editHref} shortcut="e">
                {t('update')}
              </ButtonLink>
            ) : (
              <Button disabledReason={off}>{t('update')}</Button>
            )}
            <Button onClick={toggle} disabledReason={off}>
              {t(service.running ? 'stop' : 'start')}
            </Button>
            <MoreMenu edge label={t('menu', { name: service.name })}>
              <MenuItem onSelect={() => setDialog('rotate')} disabledReason={off}>
                {t('rotate')}
              </MenuItem>
              <MenuItem href={`${servicesHref(workspace)}/new?from=${service.id}`} disabledReason={off}>
                {t('duplicate')}
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger onSelect={() => setDialog('delete')} disabledReason={off}>
                {t('delete')}
              </MenuItem>
            </MoreMenu>
          </>
        }
      />
      <ActionFailures failures={failures} onClose={() => setFailures([])} />
      <RotateTokenDialog
        workspace={workspace}
        service={service}
        active={tokens?.find((token) => token.expiresAt === null)}
        open={dialog === 'rotate'}
        onOpenChange={close}
      />
      <DeleteServiceDialog
        workspace={workspace}
        service={service}
        open={dialog === 'delete'}
        onOpenChange={close}
        onDeleted={() => router.push(servicesHref(workspace))}
      />
    </>
  )
}
