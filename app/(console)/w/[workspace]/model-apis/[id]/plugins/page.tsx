import { PluginsPage } from './plugins-page.tsx'

export default function Page() {
  return <PluginsPage />
}
