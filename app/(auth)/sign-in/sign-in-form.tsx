'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useSignIn } from '@/lib/client/session-queries.ts'
import { type SignInInput, signInInput } from '@/lib/domain/account.ts'
import { type Refusal, SignInRefusal } from './sign-in-refusal.tsx'

export function SignInForm({ next }: { readonly next: string }) {
  const t = useTranslations('auth')
  const router = useRouter()
  const signIn = useSignIn()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const form = useKitForm({
    schema: signInInput,
    defaultValues: { email: '', password: '', remember: true },
  })

  const submit = async (input: SignInInput) => {
    setRefusal(null)
    try {
      await signIn.mutateAsync(input)
      router.replace(next)
    } catch (error) {
      const refused = refusalOf(error)
      if (refused === null) throw error
      setRefusal(refused)
      form.setFocus('password', { shouldSelect: true })
    }
  }

  return (
    <Form form={form} onSubmit={submit} guard={false} aria-label={t('signIn.title')}>
      <div className="flex flex-col gap-[18px]">
        <TextField
          name="email"
          control={form.control}
          label={t('fields.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
        />
        <SecretField
          name="password"
          control={form.control}
          label={t('fields.password')}
          autoComplete="current-password"
        />
        <SwitchField name="remember" control={form.control} label={t('signIn.remember')} look="checkbox" />
        <SignInRefusal refusal={refusal} />
      </div>
      <FormBar
        submitLabel={t('signIn.submit')}
        sticky={false}
        fieldLabels={{ email: t('fields.email'), password: t('fields.password') }}
      />
    </Form>
  )
}

function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ConsoleApiError)) return null
  if (error.code === 'unauthenticated') return { kind: 'wrong' }
  if (error.code !== 'rate_limited') return null
  return { kind: 'limited', until: Date.now() + (error.retryAfterSeconds ?? 60) * 1000 }
}
