/** What decides whether a key press means a shortcut. */
type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'isComposing' | 'keyCode' | 'metaKey' | 'ctrlKey' | 'altKey' | 'defaultPrevented' | 'target'
>

/** While an input method composes, keys belong to it (`keyCode` 229 is how older engines say so). */
export function isComposing(event: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}

/** Single letters are silent in inputs, in dialogs and menus, while composing, and when switched off. */
export function acceptsSingleKey(event: KeyPress, singleKeys: boolean): boolean {
  if (event.defaultPrevented || isComposing(event)) return false
  if (event.metaKey || event.ctrlKey || event.altKey) return false
  if (!singleKeys && event.key.length === 1) return false
  const element = event.target instanceof Element ? event.target : null
  if (element?.closest('input, textarea, select, [contenteditable], [role=listbox], [role=menu]'))
    return false
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') === null
}
