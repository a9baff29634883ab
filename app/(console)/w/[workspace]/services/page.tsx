import { ServicesPage } from './services-page.tsx'

export default function Page() {
  return <ServicesPage />
}
