import { VSwitchesPage } from './vswitches-page.tsx'

export default function Page() {
  return <VSwitchesPage />
}
