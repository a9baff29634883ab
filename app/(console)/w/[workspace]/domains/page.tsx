import { DomainsPage } from './domains-page.tsx'

export default function Page() {
  return <DomainsPage />
}
