import { NewServicePage } from './new-service-page.tsx'

export default function Page() {
  return <NewServicePage />
}
