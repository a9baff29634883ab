import { CertificatesPage } from './certificates-page.tsx'

export default function Page() {
  return <CertificatesPage />
}
