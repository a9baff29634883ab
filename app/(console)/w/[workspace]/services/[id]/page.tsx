import { ServicePage } from './service-page.tsx'

export default function Page() {
  return <ServicePage />
}
