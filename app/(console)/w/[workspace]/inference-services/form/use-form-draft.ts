'use client'

import { useEffect, useState } from 'react'
import type { KitForm } from '@/components/form/use-kit-form.ts'
import {
  type InferenceServiceFormInput,
  type InferenceServiceFormOutput,
  withoutSecrets,
} from '@/lib/client/inference-service-form.ts'

type ServiceKitForm = KitForm<InferenceServiceFormInput, InferenceServiceFormOutput>

/** Keeps unfinished input in this tab until it is sent or thrown away. Secrets are never kept. */
export function useFormDraft(form: ServiceKitForm, name: string, blank: InferenceServiceFormInput) {
  const key = `switchyard.draft.1 ${name}`
  const [restored, setRestored] = useState(false)
  // What the form opened with: a draft is read once, whatever is rendered later.
  const [opened] = useState({ form, blank })
  useEffect(() => {
    const draft = read(key)
    if (draft) {
      opened.form.reset({ ...opened.blank, ...draft }, { keepDefaultValues: true })
      setRestored(true)
    }
    return opened.form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty }) => {
        if (isDirty) write(key, withoutSecrets(values))
      },
    })
  }, [key, opened])
  const forget = () => write(key, null)
  return {
    restored,
    forget,
    discard: () => {
      form.reset(blank)
      forget()
      setRestored(false)
    },
  }
}

// Storage may be full or switched off; then there is simply no draft.
function read(key: string): Partial<InferenceServiceFormInput> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function write(key: string, values: Partial<InferenceServiceFormInput> | null): void {
  try {
    if (values === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(values))
  } catch {}
}
