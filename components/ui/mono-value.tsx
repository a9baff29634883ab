import { clsx } from 'clsx'
import { CopyButton } from './copy-button.tsx'
import { truncateMiddle } from './truncate-middle.ts'

type MonoValueProps = {
  readonly value: string
  /** What it is, as said aloud after copying: "Service ID". */
  readonly name: string
  /** Longer values are cut in the middle; the whole value is on hover and in the copy. */
  readonly charactersMax?: number
  readonly className?: string
}

/** An identifier, path or address with its copy button. Double-click selects all of it. */
export function MonoValue({ value, name, charactersMax, className }: MonoValueProps) {
  const shown = charactersMax === undefined ? value : truncateMiddle(value, charactersMax)
  return (
    <span className={clsx('inline-flex min-w-0 items-center gap-1', className)}>
      <span
        title={shown === value ? undefined : value}
        className="min-w-0 select-all break-all font-mono text-control"
      >
        {shown}
      </span>
      <CopyButton value={value} name={name} className="-my-1" />
    </span>
  )
}
