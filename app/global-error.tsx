'use client'

import './globals.css'

type Props = { readonly error: Error & { digest?: string }; readonly reset: () => void }

/** The frame itself failed, so neither language nor theme is known here. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en" data-theme="system">
      <body className="p-6">
        <title>Switchyard</title>
        <h1 className="text-h1">The console could not be shown</h1>
        <p className="mt-1 max-w-[68ch] text-body text-ink-2">
          Reload the page. If it happens again, look into the console’s log for this code.
        </p>
        <p lang="zh-CN" className="mt-1 max-w-[68ch] text-body text-ink-2">
          控制台无法显示。请重新加载；如果再次出现，请在控制台日志中查找此代码。
        </p>
        {error.digest ? <code className="mt-2 block font-mono text-code">{error.digest}</code> : null}
        <button
          type="button"
          onClick={reset}
          className="mt-4 h-ctl rounded-ctl border border-line-strong px-3 text-control font-medium"
        >
          Retry
        </button>
      </body>
    </html>
  )
}
