import * as z from 'zod'
import { createModelApiInput } from '@/lib/domain/model-api.ts'
import { createModelApiOf } from './model-api-form-output.ts'
import type { ModelApiFormValues } from './model-api-form-values.ts'
import { intentFieldPath } from './model-api-intents.ts'

/** Checks what the API would, with its own schema; `error` says what schemas leave unsaid. */
export function modelApiFormSchema(
  error: (issue: z.core.$ZodRawIssue) => string,
): z.ZodType<ModelApiFormValues, ModelApiFormValues> {
  return z.custom<ModelApiFormValues>().check((context) => {
    const values = context.value
    const parsed = createModelApiInput.safeParse(createModelApiOf(values), { error })
    if (parsed.success) return
    for (const { path, message } of parsed.error.issues) {
      const field = modelApiFieldPath(path.join('.'), values)
      context.issues.push({ code: 'custom', message, path: field.split('.').map(segment), input: values })
    }
  })
}

function segment(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text
}

/** `routing.targets.1.serviceId` is a field of the form: `weights.1.serviceId`. */
export function modelApiFieldPath(
  path: string,
  { mode, intent }: Pick<ModelApiFormValues, 'mode' | 'intent'>,
): string {
  const [part = '', field = '', ...rest] = path.split('.')
  // One control chooses all of them.
  if (part === 'domainIds' || part === 'disabledRoutes') return part
  if (part !== 'routing') return path
  if (mode === 'intent') return intentFieldPath([field, ...rest], intent)
  switch (field) {
    case 'target':
      return ['single', ...rest].join('.')
    case 'rules':
      return [field, ...rest].join('.')
    case 'default':
      return ['others', ...rest].join('.')
    case 'targets':
      return [mode === 'weight' ? 'weights' : 'metrics.targets', ...rest].join('.')
    case 'maxShare':
      return 'metrics.largestShare'
    case 'objective':
    case 'window':
      return `metrics.${field}`
    default:
      return 'mode'
  }
}
