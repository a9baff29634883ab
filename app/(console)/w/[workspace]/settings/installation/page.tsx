import { InstallationPage } from '../installation-page.tsx'

export default function Page() {
  return <InstallationPage />
}
