/** What decides whether a key press means a shortcut. */
type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'isComposing' | 'keyCode' | 'metaKey' | 'ctrlKey' | 'altKey' | 'defaultPrevented' | 'target'
>

/** While an input method composes, keys belong to it (`keyCode` 229 is how older engines say so). */
export function isComposing(event: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}

/** Toasts are dialogs to assistive technology, but they take nothing over. */
const openLayer = '[role=dialog]:not([data-toast]), [role=alertdialog]:not([data-toast]), [role=menu]'

/** Single letters are silent in inputs, in dialogs and menus, while composing, and when switched off. */
export function acceptsSingleKey(event: KeyPress, singleKeys: boolean): boolean {
  if (event.defaultPrevented || isComposing(event)) return false
  if (event.metaKey || event.ctrlKey || event.altKey) return false
  if (!singleKeys && event.key.length === 1) return false
  const element = event.target instanceof Element ? event.target : null
  if (element?.closest('input, textarea, select, [contenteditable], [role=listbox], [role=menu]'))
    return false
  return document.querySelector(openLayer) === null
}
