'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useInvite } from '@/lib/client/invitations-queries.ts'
import type { Invitation } from '@/lib/domain/member.ts'
import { type Role, role as roleSchema } from '@/lib/domain/role.ts'
import { useWorkspace } from '../use-workspace.ts'
import { parseEmails } from './parse-emails.ts'
import { useRoleItems } from './use-role-items.ts'

interface InviteFormProps {
  readonly onCreated: (invitations: readonly Invitation[]) => void
  readonly onCancel: () => void
}

const emailsMax = 20

export function InviteForm({ onCreated, onCancel }: InviteFormProps) {
  const t = useTranslations('members.inviteDialog')
  const { workspace } = useWorkspace()
  const invite = useInvite(workspace)
  const roleItems = useRoleItems()
  const schema = z
    .object({ emails: z.string(), role: roleSchema })
    .superRefine(({ emails: text }, context) => {
      const { emails, wrong } = parseEmails(text)
      const complaint =
        wrong[0] !== undefined
          ? t('notEmail', { email: wrong[0] })
          : emails.length === 0
            ? t('none')
            : emails.length > emailsMax
              ? t('tooMany')
              : null
      if (complaint !== null) context.addIssue({ code: 'custom', path: ['emails'], message: complaint })
    })
  const form = useKitForm({ schema, defaultValues: { emails: '', role: 'viewer' as Role } })
  const count = parseEmails(useWatch({ control: form.control, name: 'emails' })).emails.length

  const submit = async (values: z.output<typeof schema>) => {
    const emails = [...parseEmails(values.emails).emails]
    try {
      onCreated((await invite.mutateAsync({ emails, role: values.role })).items)
    } catch (error) {
      throw refusedAddress(error) ?? error
    }
  }

  return (
    <Form form={form} onSubmit={submit} aria-label={t('title')}>
      <div className="flex flex-col gap-[18px]">
        <TextField
          name="emails"
          control={form.control}
          label={t('emails')}
          help={t('emailsHelp', { count })}
          multiline
        />
        <SelectField name="role" control={form.control} label={t('role')} items={roleItems} />
      </div>
      <FormBar
        submitLabel={t('submit', { count })}
        sticky={false}
        onCancel={onCancel}
        fieldLabels={{ emails: t('emails'), role: t('role') }}
      />
    </Form>
  )
}

/** The API names the address by its place (`emails.2`); the form has one field for all of them. */
function refusedAddress(error: unknown): Error | undefined {
  if (!(error instanceof ConsoleApiError)) return undefined
  const field = error.invalidFields.find(({ path }) => path.startsWith('emails'))
  return field && new RefusedAddress(field.message)
}

class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
  readonly problem

  constructor(message: string) {
    super(message)
    const invalidFields = [{ path: 'emails', code: 'refused', message }]
    this.problem = { title: message, detail: message, code: 'conflict', invalidFields }
  }
}
