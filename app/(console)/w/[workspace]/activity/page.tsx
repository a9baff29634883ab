import { ActivityPage } from './activity-page.tsx'

export default function Page() {
  return <ActivityPage />
}
