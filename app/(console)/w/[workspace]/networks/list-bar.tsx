'use client'

import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { useWorkspace } from '../use-workspace.ts'

interface ListBarProps {
  readonly note: ReactNode
  readonly create: string
  readonly onCreate: () => void
}

/** Above the table of a tab: one sentence, and the button that makes one more. */
export function ListBar({ note, create, onCreate }: ListBarProps) {
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p className="max-w-[76ch] text-control text-ink-3">{note}</p>
      <CreateButton label={create} onCreate={onCreate} />
    </div>
  )
}

interface CreateButtonProps {
  readonly label: string
  readonly onCreate: () => void
  readonly variant?: 'primary' | 'secondary'
}

export function CreateButton({ label, onCreate, variant = 'primary' }: CreateButtonProps) {
  const refusal = useNetworksRefusal()
  return (
    <Button variant={variant} icon={Plus} shortcut="c" disabledReason={refusal} onClick={onCreate}>
      {label}
    </Button>
  )
}

/** Why the reader may change no network; undefined when they may. */
export function useNetworksRefusal(): string | undefined {
  const t = useTranslations('networks')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  return access.may('networks.write') ? undefined : t('notAllowed', { role: role(access.role) })
}
