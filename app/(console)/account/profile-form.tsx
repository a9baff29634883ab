'use client'

import { useTranslations } from 'use-intl'
import * as z from 'zod'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { useUpdateAccount } from '@/lib/client/account-queries.ts'
import { type Session, updateAccountInput } from '@/lib/domain/account.ts'

const profileValues = z.object({ name: updateAccountInput.shape.name.unwrap() })

export function ProfileForm({ user }: { readonly user: Session['user'] }) {
  const t = useTranslations('account.profile')
  const update = useUpdateAccount()
  const form = useKitForm({ schema: profileValues, defaultValues: { name: user.name } })
  const submit = async ({ name }: z.output<typeof profileValues>) => {
    await update.mutateAsync({ name })
    toast(t('saved'))
  }
  return (
    <Form form={form} onSubmit={submit} aria-label={t('title')}>
      <FormSection title={t('title')} note={t('note')}>
        <TextField
          name="name"
          control={form.control}
          label={t('name')}
          autoComplete="name"
          charactersMax={64}
        />
        <div className="text-control">
          <div className="font-medium">{t('email')}</div>
          <div className="text-ink-2">{user.email}</div>
        </div>
        <FormBar
          submitLabel={t('save')}
          variant="secondary"
          sticky={false}
          fieldLabels={{ name: t('name') }}
        />
      </FormSection>
    </Form>
  )
}
