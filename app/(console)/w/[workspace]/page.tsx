import { OverviewPage } from './overview-page.tsx'

export default function Page() {
  return <OverviewPage />
}
