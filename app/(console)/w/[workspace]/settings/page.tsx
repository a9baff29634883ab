import { GeneralPage } from './general-page.tsx'

export default function Page() {
  return <GeneralPage />
}
