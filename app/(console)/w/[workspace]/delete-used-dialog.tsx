'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { DeleteDialog } from '@/components/feedback/delete-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { type ObjectUser, UsersList } from './object-users.tsx'

interface DeleteUsedDialogProps {
  /** The kind in a sentence: "VPC". */
  readonly kind: string
  readonly name: string
  /** Known before: then deleting is not offered. */
  readonly users: readonly ObjectUser[]
  readonly consequences: ReactNode
  readonly onDelete: () => Promise<unknown>
  readonly onDeleted: () => void
  readonly onClose: () => void
}

const inUse = z.object({
  users: z.array(z.object({ kind: z.string(), id: z.string(), name: z.string() })).min(1),
})

/** Deletes what nobody uses; what is in use lists its users, each one press away. */
export function DeleteUsedDialog(props: DeleteUsedDialogProps) {
  const { kind, name, consequences, onDelete, onDeleted, onClose } = props
  const t = useTranslations('objects')
  const [users, setUsers] = useState(props.users)
  const remove = async () => {
    try {
      await onDelete()
    } catch (error) {
      setUsers(usersIn(error))
      throw error
    }
    toast(t('deleted', { name }))
    onDeleted()
  }
  return (
    <DeleteDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      kind={kind}
      name={name}
      consequences={consequences}
      refusal={
        users.length === 0 ? undefined : (
          <>
            <p className="mb-2">{t('inUse', { count: users.length })}</p>
            <UsersList users={users} />
          </>
        )
      }
      onDelete={remove}
    />
  )
}

function usersIn(error: unknown): readonly ObjectUser[] {
  if (!(error instanceof ConsoleApiError) || error.code !== 'in_use') return []
  return inUse.safeParse(error.current).data?.users ?? []
}
