import type { FieldErrors } from 'react-hook-form'

export type FieldComplaint = { readonly path: string; readonly message: string }

/** Every message in a tree of field errors, with the path of its field, in the order of the form. */
export function listFieldErrors(errors: FieldErrors, prefix = ''): FieldComplaint[] {
  const found: FieldComplaint[] = []
  for (const [key, entry] of Object.entries(errors)) {
    if (!entry || key === 'ref' || key === 'types') continue
    const path = prefix === '' ? key : `${prefix}.${key}`
    const { message, type } = entry as { message?: unknown; type?: unknown }
    if (typeof message === 'string' && type !== undefined) {
      if (message !== '' && key !== 'root') found.push({ path: path.replace(/\.root$/, ''), message })
      else if (message !== '' && prefix !== '') found.push({ path: prefix, message })
    } else if (typeof entry === 'object') {
      found.push(...listFieldErrors(entry as FieldErrors, path))
    }
  }
  return found
}
