'use client'

import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { clsx } from 'clsx'

type SwitchProps = Omit<BaseSwitch.Root.Props, 'className' | 'render'> & { readonly className?: string }

/** Needs a name: put it inside a `<label>` or pass `aria-label`. */
export function Switch({ className, ...rest }: SwitchProps) {
  return (
    <BaseSwitch.Root
      {...rest}
      className={clsx(
        'relative inline-flex h-[18px] w-8 shrink-0 cursor-pointer items-center rounded-full border border-line-control bg-surface transition-colors duration-[120ms] data-checked:border-accent data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-50 forced-fill',
        'before:absolute before:-inset-[3px] before:content-[""] pointer-coarse:before:-inset-[13px]',
        className,
      )}
    >
      <BaseSwitch.Thumb className="ml-[2px] size-3 rounded-full bg-line-control transition-transform duration-[120ms] data-checked:translate-x-[14px] data-checked:bg-on-accent" />
    </BaseSwitch.Root>
  )
}
