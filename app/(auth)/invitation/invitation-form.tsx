'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { useAcceptInvitation } from '@/lib/client/session-queries.ts'
import { type AcceptInvitationInput, acceptInvitationInput } from '@/lib/domain/member.ts'

interface InvitationFormProps {
  readonly token: string
  readonly workspace: string
  readonly email: string
}

export function InvitationForm({ token, workspace, email }: InvitationFormProps) {
  const t = useTranslations('auth')
  const router = useRouter()
  const accept = useAcceptInvitation()
  const form = useKitForm({
    schema: acceptInvitationInput,
    defaultValues: { token, name: '', password: '' },
  })
  const labels = {
    name: t('fields.name'),
    password: t('fields.password'),
    token: t('fields.invitation'),
  }

  const submit = async (input: AcceptInvitationInput) => {
    await accept.mutateAsync(input)
    router.replace(`/w/${workspace}`)
  }

  return (
    <Form form={form} onSubmit={submit} guard={false} aria-label={t('invitation.submit')}>
      <div className="flex flex-col gap-[18px]">
        {/* Password managers pair the new password with this name. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <TextField name="name" control={form.control} label={t('fields.name')} autoComplete="name" />
        <SecretField
          name="password"
          control={form.control}
          label={t('fields.password')}
          autoComplete="new-password"
          help={t('invitation.passwordHelp')}
        />
      </div>
      <FormBar submitLabel={t('invitation.submit')} sticky={false} fieldLabels={labels} />
    </Form>
  )
}
