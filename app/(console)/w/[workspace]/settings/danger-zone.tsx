'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DeleteDialog } from '@/components/feedback/delete-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Section } from '@/components/page/section.tsx'
import { Button } from '@/components/ui/button.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { memberQueries } from '@/lib/client/members-queries.ts'
import { useDeleteWorkspace } from '@/lib/client/workspaces-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import { useWorkspace } from '../use-workspace.ts'

export function DangerZone({ workspace }: { readonly workspace: Workspace }) {
  const t = useTranslations('settings.danger')
  const { may } = useWorkspace()
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('title')} note={t('note')} className="border-t!">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-y border-line py-3">
        <div className="min-w-0 flex-1 basis-[280px]">
          <div className="text-control font-medium">{t('deleteTitle')}</div>
          <p className="max-w-[68ch] text-control text-ink-3">{t('deleteHelp')}</p>
        </div>
        <Button
          className="text-bad-text!"
          disabledReason={may('workspace.delete') ? undefined : t('notAllowed')}
          onClick={() => setOpen(true)}
        >
          {t('delete')}
        </Button>
      </div>
      {open ? <DeleteWorkspaceDialog workspace={workspace} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

interface DeleteWorkspaceDialogProps {
  readonly workspace: Workspace
  readonly onClose: () => void
}

function DeleteWorkspaceDialog({ workspace, onClose }: DeleteWorkspaceDialogProps) {
  const t = useTranslations('settings.danger')
  const router = useRouter()
  const { data: members } = useQuery(memberQueries.list(workspace.name))
  const { data } = useInfiniteQuery(inferenceServiceQueries.list(workspace.name, { limit: 20, sort: 'name' }))
  const services = data?.pages.flatMap((page) => page.items) ?? []
  const remove = useDeleteWorkspace(workspace.name)
  const onDelete = async () => {
    await remove.mutateAsync(workspace.name)
    toast(t('deleted'))
    router.replace('/w')
  }
  return (
    <DeleteDialog
      open
      onOpenChange={onClose}
      kind={t('kind')}
      name={workspace.name}
      consequences={
        <>
          {members ? `${t('members', { count: members.length })} ` : null}
          {t('tokens')} {t('undone')}
        </>
      }
      refusal={services.length === 0 ? undefined : <InUse workspace={workspace.name} services={services} />}
      onDelete={onDelete}
    />
  )
}

interface InUseProps {
  readonly workspace: string
  readonly services: readonly InferenceService[]
}

function InUse({ workspace, services }: InUseProps) {
  const t = useTranslations('settings.danger')
  return (
    <>
      <p>{t('services', { count: services.length })}</p>
      <ul className="mt-2 flex max-h-[200px] flex-col gap-1 overflow-y-auto">
        {services.map(({ id, name }) => (
          <li key={id}>
            <TextLink href={`/w/${workspace}/inference-services/${id}`}>{name}</TextLink>
          </li>
        ))}
      </ul>
    </>
  )
}
