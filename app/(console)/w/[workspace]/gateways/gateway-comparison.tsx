'use client'

import { useTranslations } from 'use-intl'

const rows = ['internet', 'vpc', 'cost', 'bandwidth', 'limits', 'scenarios', 'configuration'] as const

/** What a dedicated gateway has over the shared one, while the workspace has none. */
export function GatewayComparison() {
  const t = useTranslations('gateway-create.comparison')
  return (
    <section className="mt-8 max-w-[920px]">
      <h2 id="gateway-comparison" className="text-h2 text-ink">
        {t('title')}
      </h2>
      <p className="mt-1 text-control text-ink-2">{t('recommendation')}</p>
      <table
        aria-labelledby="gateway-comparison"
        className="mt-3 w-full border-collapse text-left text-control"
      >
        <thead>
          <tr className="border-b border-line-strong text-meta text-ink-3">
            <th scope="col" className="py-1.5 pr-4 font-medium">
              {t('aspect')}
            </th>
            <th scope="col" className="py-1.5 pr-4 font-medium">
              {t('shared')}
            </th>
            <th scope="col" className="py-1.5 font-medium">
              {t('dedicated')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row} className="border-b border-line align-top">
              <th scope="row" className="w-[22%] py-2 pr-4 font-medium text-ink">
                {t(`${row}.name`)}
              </th>
              <td className="w-[37%] py-2 pr-4 text-ink-2">{t(`${row}.shared`)}</td>
              <td className="py-2 text-ink-2">{t(`${row}.dedicated`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
