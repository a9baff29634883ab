/** Looks shared by floating layers, so that menus, selects and popovers are one family. */
export const popupStyle =
  'rounded-box border border-line bg-raised shadow-menu outline-none origin-[var(--transform-origin)] transition-[opacity,scale] duration-[180ms] ease-out data-ending-style:scale-[.98] data-ending-style:opacity-0 data-starting-style:scale-[.98] data-starting-style:opacity-0'

export const optionStyle =
  'flex min-h-[30px] cursor-default select-none items-center gap-2 rounded-ctl px-2 py-1 text-control text-ink outline-none data-disabled:text-ink-3 data-highlighted:bg-hover pointer-coarse:min-h-11'

export const backdropStyle =
  'fixed inset-0 z-40 bg-(--scrim) transition-opacity duration-[180ms] data-ending-style:opacity-0 data-starting-style:opacity-0'

export const controlStyle =
  'h-ctl w-full rounded-ctl border border-line-control bg-surface px-2.5 text-body text-ink aria-invalid:border-bad-solid aria-invalid:shadow-[inset_0_0_0_1px_var(--bad-solid)] disabled:bg-sunken disabled:text-ink-disabled'
