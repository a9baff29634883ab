'use client'

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox'
import { clsx } from 'clsx'
import { Check, Minus } from 'lucide-react'

type CheckboxProps = Omit<BaseCheckbox.Root.Props, 'className' | 'render'> & { readonly className?: string }

/** Needs a name: put it inside a `<label>` or pass `aria-label`. */
export function Checkbox({ className, ...rest }: CheckboxProps) {
  return (
    <BaseCheckbox.Root
      {...rest}
      className={clsx(
        'relative inline-grid size-4 align-middle shrink-0 cursor-pointer place-items-center rounded-tag border border-line-control bg-surface text-on-accent transition-colors duration-[120ms] data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-50 forced-fill',
        'before:absolute before:-inset-1 before:content-[""] pointer-coarse:before:-inset-[14px]',
        className,
      )}
    >
      <BaseCheckbox.Indicator
        render={(props, state) => (
          <span {...props}>
            {state.indeterminate ? (
              <Minus size={12} strokeWidth={2.5} aria-hidden="true" />
            ) : (
              <Check size={12} strokeWidth={2.5} aria-hidden="true" />
            )}
          </span>
        )}
      />
    </BaseCheckbox.Root>
  )
}
