'use client'

import type { Control } from 'react-hook-form'
import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type * as z from 'zod'
import { TextField } from '@/components/form/text-field.tsx'
import type { CreateWorkspaceInput, createWorkspaceInput } from '@/lib/domain/workspace.ts'

type Values = z.input<typeof createWorkspaceInput>

interface WorkspaceNameFieldProps {
  readonly control: Control<Values, unknown, CreateWorkspaceInput>
}

/** Shows, while it is typed, the address that the name becomes. */
export function WorkspaceNameField({ control }: WorkspaceNameFieldProps) {
  const t = useTranslations('workspaces')
  const name = useWatch({ control, name: 'name' })
  return (
    <TextField
      name="name"
      control={control}
      label={t('fields.name')}
      mono
      help={t.rich('fields.nameHelp', {
        path: () => <span className="font-mono text-ink-2">{`/w/${name || '…'}`}</span>,
      })}
    />
  )
}
