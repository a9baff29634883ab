import { RequestsPage } from './requests-page.tsx'

export default function Page() {
  return <RequestsPage />
}
