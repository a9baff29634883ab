import { EditServicePage } from './edit-service-page.tsx'

export default function Page() {
  return <EditServicePage />
}
