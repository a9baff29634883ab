'use client'

import { Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useCrumbs, useShellActions } from '@/components/shell/shell-context.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { LinkTabs } from '@/components/ui/tabs.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { DeleteModelApiDialog } from '../delete-model-api-dialog.tsx'
import { modelApiHref, modelApisHref } from '../model-api-href.ts'
import { ModelApiStatus } from '../model-api-status.tsx'
import { useEveryService } from '../use-every-service.ts'
import { useModelApisRefusal } from '../use-model-apis-refusal.ts'
import { ModelApiActions } from './model-api-actions.tsx'
import { useModelApi } from './model-api-context.ts'
import { type ModelApiTab, modelApiTabs } from './model-api-tabs.ts'

export function ModelApiHeader({ current }: { readonly current: ModelApiTab }) {
  const t = useTranslations('model-apis')
  const api = useModelApi()
  const services = useEveryService()
  const router = useRouter()
  const { workspace } = useWorkspace()
  const refusal = useModelApisRefusal()
  const [deleting, setDeleting] = useState(false)
  const editHref = modelApiHref(workspace, api.id, 'edit')
  useCrumbs([{ label: api.name }])
  useShellActions(
    refusal === undefined
      ? [
          { id: 'model-api-edit', group: 'page', label: t('edit'), href: editHref, shortcut: 'e' },
          { id: 'model-api-delete', group: 'page', label: t('deleteLong'), run: () => setDeleting(true) },
        ]
      : [],
  )
  return (
    <>
      <PageHeader
        title={api.name}
        translated={false}
        status={<ModelApiStatus api={api} services={services} />}
        actions={
          <>
            {current === 'debug' ? null : (
              <ButtonLink icon={Play} href={modelApiHref(workspace, api.id, 'debug')}>
                {t('tabs.debug')}
              </ButtonLink>
            )}
            <ModelApiActions onDelete={() => setDeleting(true)} />
          </>
        }
        documentTitle={current === 'overview' ? api.name : `${t(`tabs.${current}`)} · ${api.name}`}
      />
      <LinkTabs
        label={api.name}
        items={modelApiTabs.map(({ id }) => ({
          href: modelApiHref(workspace, api.id, id === 'overview' ? undefined : id),
          label: t(`tabs.${id}`),
          current: id === current,
        }))}
      />
      {deleting ? (
        <DeleteModelApiDialog
          api={api}
          onDeleted={() => router.push(modelApisHref(workspace))}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </>
  )
}
