import { Toast } from '@base-ui/react/toast'

export type ToastData = {
  /** Takes the act back. Shown as "Undo" and bound to ⌘Z while the toast is visible. */
  readonly undo?: (() => void | Promise<void>) | undefined
  readonly tone?: 'ok' | 'bad' | undefined
  readonly requestId?: string | undefined
  readonly link?: { readonly href: string; readonly label: string } | undefined
}

const undoMs = 8_000
const plainMs = 5_000

export const toastManager = Toast.createToastManager<ToastData>()

/** Confirms what a person just did, in six words or fewer. Callable from anywhere. */
export function toast(title: string, data: ToastData = {}): string {
  return toastManager.add({ title, timeout: data.undo || data.link ? undoMs : plainMs, data })
}

/** Points to a failure that has no place of its own on the page. Stays until closed. */
export function toastFailure(title: string, data: ToastData = {}): string {
  return toastManager.add({ title, timeout: 0, priority: 'high', data: { ...data, tone: 'bad' } })
}
