import { ConsumersPage } from './consumers-page.tsx'

export default function Page() {
  return <ConsumersPage />
}
