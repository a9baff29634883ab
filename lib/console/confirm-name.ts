import { AppError } from '@/lib/domain/error.ts'

/** Deleting takes the object's name in words, from a form and from a program alike. */
export function confirmName(confirm: string | undefined, name: string): void {
  if (confirm === name) return
  const message = `Confirm with the name: ?confirm=${name}`
  throw new AppError('invalid_input', message, {
    invalidFields: [{ path: 'confirm', code: 'confirm_name', message, params: { name } }],
  })
}
